ALTER TABLE `client_registration` ADD `assertion_sealed` text;--> statement-breakpoint
ALTER TABLE `connection` ADD `machine_grant` text;