CREATE TABLE `authorization_request` (
	`id` text PRIMARY KEY NOT NULL,
	`connection_uid` text NOT NULL,
	`organization_id` text NOT NULL,
	`state_hash` text NOT NULL,
	`browser_hash` text NOT NULL,
	`issuer` text NOT NULL,
	`token_endpoint` text NOT NULL,
	`revocation_endpoint` text,
	`iss_parameter_supported` integer NOT NULL,
	`registration_id` text,
	`client_id` text NOT NULL,
	`redirect_uri` text NOT NULL,
	`resource` text,
	`scope` text,
	`verifier_sealed` text NOT NULL,
	`credential_generation` integer NOT NULL,
	`return_url` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`consumed_at` integer,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authorization_request_state` ON `authorization_request` (`state_hash`);--> statement-breakpoint
CREATE INDEX `authorization_request_by_connection` ON `authorization_request` (`connection_uid`,`created_at`);--> statement-breakpoint
CREATE INDEX `authorization_request_by_expiry` ON `authorization_request` (`expires_at`);--> statement-breakpoint
CREATE TABLE `client_registration` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`connection_uid` text,
	`issuer` text NOT NULL,
	`redirect_uri` text NOT NULL,
	`kind` text NOT NULL,
	`client_id` text NOT NULL,
	`token_auth_method` text NOT NULL,
	`secret_sealed` text,
	`secret_expires_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_registration_of_organization` ON `client_registration` (`organization_id`,`issuer`) WHERE connection_uid IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `client_registration_of_connection` ON `client_registration` (`connection_uid`) WHERE connection_uid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `client_registration_by_connection` ON `client_registration` (`connection_uid`);--> statement-breakpoint
CREATE TABLE `oauth_grant` (
	`connection_uid` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`grant_id` text NOT NULL,
	`generation` integer NOT NULL,
	`issuer` text NOT NULL,
	`token_endpoint` text NOT NULL,
	`revocation_endpoint` text,
	`registration_id` text,
	`client_id` text NOT NULL,
	`resource` text,
	`scope` text,
	`access_sealed` text NOT NULL,
	`refresh_sealed` text,
	`expires_at` integer,
	`refresh_at` integer,
	`lease_owner` text,
	`lease_until` integer,
	`attempt_at` integer,
	`failures` integer NOT NULL,
	`granted_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`registration_id`) REFERENCES `client_registration`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `oauth_grant_due` ON `oauth_grant` (`refresh_at`) WHERE refresh_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `oauth_grant_by_registration` ON `oauth_grant` (`registration_id`);--> statement-breakpoint
CREATE INDEX `oauth_grant_by_organization` ON `oauth_grant` (`organization_id`,`connection_uid`);