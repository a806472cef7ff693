CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`last_four` text NOT NULL,
	`digest` text NOT NULL,
	`role` text NOT NULL,
	`is_root` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_digest` ON `api_key` (`digest`);--> statement-breakpoint
CREATE INDEX `api_key_by_organization` ON `api_key` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `api_key_by_revocation` ON `api_key` (`revoked_at`);--> statement-breakpoint
CREATE TABLE `canary` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`kek_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `connection_metadata` (
	`namespace` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`connection_created_at` integer NOT NULL,
	`connection_uid` text NOT NULL,
	PRIMARY KEY(`namespace`, `key`, `value`, `connection_created_at`, `connection_uid`),
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `connection_metadata_by_connection` ON `connection_metadata` (`connection_uid`,`key`);--> statement-breakpoint
CREATE TABLE `connection` (
	`uid` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`namespace` text NOT NULL,
	`connection_id` text NOT NULL,
	`name` text NOT NULL,
	`mcp_url` text NOT NULL,
	`mcp_url_digest` text NOT NULL,
	`metadata` text,
	`status` text NOT NULL,
	`state` text GENERATED ALWAYS AS (status ->> 'state') VIRTUAL NOT NULL,
	`server_info` text,
	`protocol` text,
	`sessions` text NOT NULL,
	`revision` integer NOT NULL,
	`credential_generation` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`namespace`,`organization_id`) REFERENCES `namespace`(`name`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `connection_page` ON `connection` (`namespace`,`created_at`,`uid`);--> statement-breakpoint
CREATE INDEX `connection_page_by_name` ON `connection` (`namespace`,`name`,`created_at`,`uid`);--> statement-breakpoint
CREATE INDEX `connection_page_by_url` ON `connection` (`namespace`,`mcp_url_digest`,`created_at`,`uid`);--> statement-breakpoint
CREATE INDEX `connection_page_by_state` ON `connection` (`namespace`,`state`,`created_at`,`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `connection_name_in_namespace` ON `connection` (`namespace`,`connection_id`);--> statement-breakpoint
CREATE TABLE `credential` (
	`connection_uid` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`generation` integer NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `credential_by_organization` ON `credential` (`organization_id`,`connection_uid`);--> statement-breakpoint
CREATE TABLE `data_key` (
	`organization_id` text NOT NULL,
	`purpose` text NOT NULL,
	`version` integer NOT NULL,
	`wrapped` text NOT NULL,
	`kek_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `purpose`, `version`)
);
--> statement-breakpoint
CREATE TABLE `namespace` (
	`name` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `namespace_by_organization` ON `namespace` (`organization_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `namespace_owner` ON `namespace` (`name`,`organization_id`);--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `usage_bucket` (
	`connection_uid` text NOT NULL,
	`minute` integer NOT NULL,
	`tool` text NOT NULL,
	`calls` integer NOT NULL,
	`errors` integer NOT NULL,
	`total_duration_ms` integer NOT NULL,
	`latency` text NOT NULL,
	PRIMARY KEY(`connection_uid`, `minute`, `tool`),
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
