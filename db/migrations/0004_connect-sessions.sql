CREATE TABLE `connect_session` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`namespace` text NOT NULL,
	`token_hash` text NOT NULL,
	`connection_uid` text,
	`draft_sealed` text,
	`allowed_origins` text,
	`return_url` text,
	`completion` text NOT NULL,
	`person_digest` text,
	`minted_by` text NOT NULL,
	`outcome` text,
	`problem` text,
	`code_hash` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`namespace`,`organization_id`) REFERENCES `namespace`(`name`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connect_session_token_hash` ON `connect_session` (`token_hash`);--> statement-breakpoint
CREATE INDEX `connect_session_by_owner` ON `connect_session` (`namespace`,`organization_id`);--> statement-breakpoint
CREATE INDEX `connect_session_by_end` ON `connect_session` (`ends_at`);--> statement-breakpoint
CREATE TABLE `held_grant` (
	`connect_session_id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `held_grant_by_expiry` ON `held_grant` (`expires_at`);--> statement-breakpoint
CREATE INDEX `held_grant_by_organization` ON `held_grant` (`organization_id`);--> statement-breakpoint
CREATE TABLE `namespace_setting` (
	`namespace` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`allowed_origins` text NOT NULL,
	`default_return_url` text,
	`completion` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`namespace`,`organization_id`) REFERENCES `namespace`(`name`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `namespace_setting_by_owner` ON `namespace_setting` (`namespace`,`organization_id`);--> statement-breakpoint
ALTER TABLE `authorization_request` ADD `connect_session_id` text;