CREATE TABLE `allowed_origin` (
	`origin` text NOT NULL,
	`organization_id` text NOT NULL,
	`namespace` text NOT NULL,
	PRIMARY KEY(`origin`, `organization_id`, `namespace`),
	FOREIGN KEY (`namespace`,`organization_id`) REFERENCES `namespace`(`name`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `allowed_origin_by_owner` ON `allowed_origin` (`namespace`,`organization_id`);--> statement-breakpoint
INSERT INTO `allowed_origin` (`origin`, `organization_id`, `namespace`)
SELECT DISTINCT listed.value, `organization_id`, `namespace` FROM `namespace_setting`, json_each(`allowed_origins`) AS listed;
