ALTER TABLE `api_key` ADD `namespaces` text;--> statement-breakpoint
ALTER TABLE `api_key` ADD `operations` text;--> statement-breakpoint
ALTER TABLE `api_key` ADD `addresses` text;