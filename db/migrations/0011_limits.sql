CREATE TABLE `call_budget` (
	`budget` text PRIMARY KEY NOT NULL,
	`used` integer NOT NULL,
	`ends_at` integer
);
--> statement-breakpoint
CREATE INDEX `call_budget_by_end` ON `call_budget` (`ends_at`);--> statement-breakpoint
CREATE TABLE `tool_definition` (
	`connection_uid` text NOT NULL,
	`tool` text NOT NULL,
	`seen_at` integer NOT NULL,
	`digest` text NOT NULL,
	`read_only` integer NOT NULL,
	PRIMARY KEY(`connection_uid`, `tool`, `seen_at`),
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `connect_session` ADD `minted_under` text;