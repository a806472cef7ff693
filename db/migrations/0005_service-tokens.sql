CREATE TABLE `service_token` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text,
	`minted_by` text NOT NULL,
	`signature_hash` text NOT NULL,
	`policy` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `service_token_by_organization` ON `service_token` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `service_token_by_signature` ON `service_token` (`signature_hash`);--> statement-breakpoint
CREATE INDEX `service_token_by_end` ON `service_token` (`expires_at`);--> statement-breakpoint
CREATE TABLE `token_revocation` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`organization_id` text NOT NULL,
	`signature_hash` text NOT NULL,
	`revoked_by` text NOT NULL,
	`revoked_at` integer NOT NULL,
	`ends_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `token_revocation_signature` ON `token_revocation` (`signature_hash`);--> statement-breakpoint
CREATE INDEX `token_revocation_by_end` ON `token_revocation` (`ends_at`);--> statement-breakpoint
DROP INDEX `api_key_by_revocation`;