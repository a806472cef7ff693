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
	`connect_session_id` text,
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
	`retired_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_uid`) REFERENCES `connection`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_registration_of_organization` ON `client_registration` (`organization_id`,`issuer`) WHERE connection_uid IS NULL AND retired_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `client_registration_of_connection` ON `client_registration` (`connection_uid`) WHERE connection_uid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `client_registration_by_connection` ON `client_registration` (`connection_uid`);--> statement-breakpoint
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
	`wanted_scope` text,
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
CREATE INDEX `oauth_grant_by_organization` ON `oauth_grant` (`organization_id`,`connection_uid`);--> statement-breakpoint
ALTER TABLE `connection` ADD `oauth` text;--> statement-breakpoint
ALTER TABLE `connection` ADD `authorization_params` text;