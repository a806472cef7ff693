CREATE TABLE `authorization_trace` (
	`id` integer PRIMARY KEY NOT NULL,
	`flow_id` text NOT NULL,
	`connection_uid` text NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`steps` text NOT NULL,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authorization_trace_flow` ON `authorization_trace` (`flow_id`);--> statement-breakpoint
CREATE INDEX `authorization_trace_of_connection` ON `authorization_trace` (`connection_uid`,`id`);--> statement-breakpoint
CREATE INDEX `authorization_trace_of_kind` ON `authorization_trace` (`connection_uid`,`kind`,`id`);