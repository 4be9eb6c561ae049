/** What is done again and again, and when (cron, in UTC). Handlers are in tasks/. */
export const scheduled = {
  "advance-shows": "* * * * *",
  "delete-expired-sessions": "17 * * * *",
  "find-fraud": "* * * * *",
  "trim-allowances": "23 3 * * *",
  "trim-events": "*/10 * * * *",
} as const;

export type ScheduledJob = keyof typeof scheduled;

/** The job whose times are a setting. */
export const BACKUP_JOB = "backup";
