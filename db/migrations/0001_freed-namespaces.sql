CREATE TABLE `freed_namespace` (
	`name` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`freed_at` integer NOT NULL
);
