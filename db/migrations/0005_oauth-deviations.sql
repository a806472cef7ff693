ALTER TABLE `connection` ADD `oauth` text;--> statement-breakpoint
ALTER TABLE `oauth_grant` ADD `wanted_scope` text;