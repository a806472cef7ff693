CREATE TABLE `audit_entry` (
	`organization_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`target_kind` text,
	`target_id` text,
	`namespace` text,
	`result` text NOT NULL,
	`code` text,
	`address` text,
	`user_agent` text,
	`request_id` text,
	`details` text,
	`mac` text NOT NULL,
	PRIMARY KEY(`organization_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `audit_entry_by_actor` ON `audit_entry` (`organization_id`,`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entry_by_action` ON `audit_entry` (`organization_id`,`action`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entry_by_target` ON `audit_entry` (`organization_id`,`target_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entry_by_namespace` ON `audit_entry` (`organization_id`,`namespace`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entry_by_result` ON `audit_entry` (`organization_id`,`result`,`seq`);--> statement-breakpoint
CREATE TABLE `audit_head` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`mac` text NOT NULL,
	`seal` text NOT NULL
);
