-- One file for H2 (PostgreSQL mode) and PostgreSQL; ${bytes} is what each of them calls bytes of any length.

-- Requests that were taken, by Slack's id of each.
CREATE TABLE delivery (
  id       VARCHAR(128) PRIMARY KEY,
  taken_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX delivery_age ON delivery (taken_at);

-- Checks. in_flight is the join key until the check is over: one at a time.
CREATE TABLE run (
  id           VARCHAR(64) PRIMARY KEY,
  in_flight    VARCHAR(64) UNIQUE,
  state        VARCHAR(16) NOT NULL,
  attempt      INTEGER NOT NULL,
  asked_at     TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at   TIMESTAMP WITH TIME ZONE,
  finished_at  TIMESTAMP WITH TIME ZONE,
  team         VARCHAR(64) NOT NULL,
  channel      VARCHAR(64) NOT NULL,
  thread       VARCHAR(64),
  person_team  VARCHAR(64) NOT NULL,
  person       VARCHAR(64) NOT NULL,
  person_name  TEXT NOT NULL,
  response_url TEXT,
  target       TEXT NOT NULL,
  clusters     TEXT NOT NULL,
  client       TEXT,
  namespace    TEXT
);
CREATE INDEX run_age ON run (finished_at);

-- Which running check is in which cluster: so many at once.
CREATE TABLE turn (
  cluster VARCHAR(200) NOT NULL,
  run     VARCHAR(64) NOT NULL,
  PRIMARY KEY (cluster, run)
);
CREATE INDEX turn_run ON turn (run);

-- What a check saw: a gzipped bundle.
CREATE TABLE snapshot (
  run     VARCHAR(64) PRIMARY KEY,
  kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
  bundle  ${bytes} NOT NULL
);

-- What should be said, in its newest state, and how far Slack has it.
CREATE TABLE message (
  id            VARCHAR(64) PRIMARY KEY,
  run           VARCHAR(64),
  team          VARCHAR(64) NOT NULL,
  channel       VARCHAR(64) NOT NULL,
  thread        VARCHAR(64),
  parent        VARCHAR(64),
  place         INTEGER NOT NULL,
  kind          VARCHAR(16) NOT NULL,
  person        VARCHAR(64),
  response_url  TEXT,
  file_name     TEXT,
  bytes         ${bytes},
  blocks        TEXT,
  words         TEXT,
  revision      BIGINT NOT NULL,
  closing       BOOLEAN NOT NULL,
  state         VARCHAR(16) NOT NULL,
  door          VARCHAR(200) NOT NULL,
  since         TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at    TIMESTAMP WITH TIME ZONE NOT NULL,
  due_at        TIMESTAMP WITH TIME ZONE NOT NULL,
  lease         VARCHAR(64),
  lease_ends    TIMESTAMP WITH TIME ZONE,
  unsure        BOOLEAN NOT NULL,
  anew          BOOLEAN NOT NULL,
  tries         INTEGER NOT NULL,
  why           TEXT,
  ts            VARCHAR(64),
  file_id       VARCHAR(64),
  sent_revision BIGINT,
  sent_at       TIMESTAMP WITH TIME ZONE
);
CREATE INDEX message_due ON message (state, due_at);
CREATE INDEX message_thread ON message (parent, place);
CREATE INDEX message_run ON message (run);
CREATE INDEX message_ts ON message (channel, ts);
CREATE INDEX message_age ON message (changed_at);

-- Slack's rate limits, for all replicas together.
CREATE TABLE door (
  name    VARCHAR(200) PRIMARY KEY,
  open_at TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE mute (
  finding     VARCHAR(1000) PRIMARY KEY,
  since       TIMESTAMP WITH TIME ZONE NOT NULL,
  until       TIMESTAMP WITH TIME ZONE NOT NULL,
  reason      TEXT NOT NULL,
  person_team VARCHAR(64) NOT NULL,
  person      VARCHAR(64) NOT NULL,
  person_name TEXT NOT NULL
);

CREATE TABLE feedback (
  run         VARCHAR(64) NOT NULL,
  person_team VARCHAR(64) NOT NULL,
  person      VARCHAR(64) NOT NULL,
  person_name TEXT NOT NULL,
  useful      BOOLEAN NOT NULL,
  said_at     TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (run, person_team, person)
);

CREATE TABLE choice (
  name   VARCHAR(200) PRIMARY KEY,
  chosen TEXT NOT NULL,
  until  TIMESTAMP WITH TIME ZONE NOT NULL
);

-- db-scheduler's own table (its documentation gives the columns).
CREATE TABLE scheduled_tasks (
  task_name            VARCHAR(100) NOT NULL,
  task_instance        VARCHAR(100) NOT NULL,
  task_data            ${bytes},
  execution_time       TIMESTAMP WITH TIME ZONE,
  picked               BOOLEAN NOT NULL,
  picked_by            VARCHAR(100),
  last_success         TIMESTAMP WITH TIME ZONE,
  last_failure         TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat       TIMESTAMP WITH TIME ZONE,
  version              BIGINT NOT NULL,
  priority             SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_due ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_heartbeat ON scheduled_tasks (last_heartbeat);
