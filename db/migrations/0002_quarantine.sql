CREATE TABLE `fraud_checks` (
	`show_id` integer PRIMARY KEY NOT NULL,
	`tally_version` integer NOT NULL,
	`checked_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `quarantine_cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`show_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`score` real NOT NULL,
	`signals` text NOT NULL,
	`held_at` integer,
	`decision` text,
	`decided_at` integer,
	`decided_by` integer,
	`note` text,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "quarantine_cases_score" CHECK("quarantine_cases"."score" BETWEEN 0 AND 1),
	CONSTRAINT "quarantine_cases_decision" CHECK("quarantine_cases"."decision" IN ('held', 'released'))
);
--> statement-breakpoint
CREATE INDEX `quarantine_cases_show` ON `quarantine_cases` (`show_id`);--> statement-breakpoint
CREATE INDEX `quarantine_cases_decision` ON `quarantine_cases` (`decision`,`id`);--> statement-breakpoint
CREATE INDEX `quarantine_cases_decided_by` ON `quarantine_cases` (`decided_by`) WHERE "quarantine_cases"."decided_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `quarantine_fans` (
	`show_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`),
	FOREIGN KEY (`case_id`) REFERENCES `quarantine_cases`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`,`user_id`) REFERENCES `show_allowances`(`show_id`,`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `quarantine_fans_case` ON `quarantine_fans` (`case_id`,`user_id`);--> statement-breakpoint
ALTER TABLE `show_allowances` ADD `network` text;--> statement-breakpoint
ALTER TABLE `show_allowances` ADD `first_cast_at` integer;--> statement-breakpoint
ALTER TABLE `show_allowances` ADD `quarantined_at` integer;