CREATE TABLE `downstream_client` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`redirect_uris` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `downstream_client_by_use` ON `downstream_client` (`used_at`,`created_at`);--> statement-breakpoint
CREATE TABLE `downstream_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`namespace` text NOT NULL,
	`member_id` text NOT NULL,
	`client_id` text NOT NULL,
	`redirect_uri` text NOT NULL,
	`audience` text NOT NULL,
	`policy` text NOT NULL,
	`code_hash` text NOT NULL,
	`code_challenge` text NOT NULL,
	`family_hash` text,
	`refresh_hash` text,
	`created_at` integer NOT NULL,
	`redeemed_at` integer,
	`last_used_at` integer,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `member`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `downstream_client`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`namespace`,`organization_id`) REFERENCES `namespace`(`name`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `downstream_grant_code` ON `downstream_grant` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `downstream_grant_family` ON `downstream_grant` (`family_hash`);--> statement-breakpoint
CREATE INDEX `downstream_grant_by_owner` ON `downstream_grant` (`namespace`,`organization_id`);--> statement-breakpoint
CREATE INDEX `downstream_grant_by_member` ON `downstream_grant` (`member_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `downstream_grant_by_client` ON `downstream_grant` (`client_id`);--> statement-breakpoint
CREATE INDEX `downstream_grant_by_end` ON `downstream_grant` (`expires_at`);--> statement-breakpoint
ALTER TABLE `service_token` ADD `grant_id` text;--> statement-breakpoint
CREATE INDEX `service_token_by_grant` ON `service_token` (`grant_id`);