-- A check that waits stands in a cluster's line, in the order in which it was asked for.
ALTER TABLE turn ADD COLUMN waits BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE turn ADD COLUMN asked_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE turn ADD COLUMN most INTEGER;

-- When the answer was found, while it is not told yet.
ALTER TABLE run ADD COLUMN found_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX run_state ON run (state, asked_at);

-- Who was led to the headline of somebody else.
CREATE TABLE led (
  headline     VARCHAR(64) NOT NULL,
  run          VARCHAR(64) NOT NULL,
  led_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  thread       VARCHAR(64),
  person_team  VARCHAR(64) NOT NULL,
  person       VARCHAR(64) NOT NULL,
  person_name  TEXT NOT NULL,
  response_url TEXT,
  PRIMARY KEY (headline, run, person_team, person)
);
CREATE INDEX led_age ON led (led_at);
