CREATE TYPE "JobState" AS ENUM ('waiting', 'running', 'done');
CREATE TABLE "Job" (
  id bigint PRIMARY KEY,
  state "JobState" NOT NULL
);
