CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text NOT NULL,
	`invited_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by`) REFERENCES `member`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_token_hash` ON `invitation` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitation_by_organization` ON `invitation` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `invitation_by_inviter` ON `invitation` (`invited_by`);--> statement-breakpoint
CREATE TABLE `member_session` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`member_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`user_agent` text NOT NULL,
	`address` text NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `member`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_session_handle` ON `member_session` (`handle`);--> statement-breakpoint
CREATE INDEX `member_session_by_member` ON `member_session` (`member_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `member_session_by_expiry` ON `member_session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `member` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_signed_in_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_email` ON `member` (`email`);--> statement-breakpoint
CREATE INDEX `member_by_organization` ON `member` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `namespace_usage` (
	`namespace` text NOT NULL,
	`period` integer NOT NULL,
	`calls` integer NOT NULL,
	`errors` integer NOT NULL,
	`total_duration_ms` integer NOT NULL,
	`latency` text NOT NULL,
	PRIMARY KEY(`namespace`, `period`),
	FOREIGN KEY (`namespace`) REFERENCES `namespace`(`name`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `recent_call` (
	`id` integer PRIMARY KEY NOT NULL,
	`connection_uid` text NOT NULL,
	`at` integer NOT NULL,
	`tool` text NOT NULL,
	`duration_ms` integer NOT NULL,
	`failed` integer NOT NULL,
	`code` text,
	`principal` text NOT NULL,
	`request_id` text NOT NULL,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `recent_call_of_connection` ON `recent_call` (`connection_uid`,`id`);--> statement-breakpoint
ALTER TABLE `connection` ADD `deleted_at` integer;--> statement-breakpoint
CREATE INDEX `connection_deleted` ON `connection` (`deleted_at`) WHERE deleted_at IS NOT NULL;