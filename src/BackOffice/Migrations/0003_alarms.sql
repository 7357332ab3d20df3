-- Each alarm as it is now, one for each cause there ever was. Times are microseconds since 1970.
-- cause: its kind, and after a colon what it is about. occurrence: how often it was raised. active: 1 while its condition holds.
-- seen_at: when an instance noted last that it holds. acknowledged_at: null if this occurrence was not acknowledged.
-- shelved_until: until when it is put aside; null if it is not. shelved_reason: what a person wrote, and only here.
CREATE TABLE alarms (
  cause TEXT PRIMARY KEY,
  version {bigint} NOT NULL CHECK (version > 0),
  occurrence {bigint} NOT NULL,
  active {bigint} NOT NULL,
  raised_at {bigint} NOT NULL,
  seen_at {bigint} NOT NULL,
  returned_at {bigint},
  acknowledged_at {bigint},
  acknowledged_by TEXT,
  shelved_at {bigint},
  shelved_until {bigint},
  shelved_by TEXT,
  shelved_reason TEXT,
  changed_at {bigint} NOT NULL
) {strict};
CREATE INDEX alarms_by_change ON alarms (changed_at);

-- What changed alarms, version by version. change, state: the numbers of AlarmChange and AlarmState; the state after the change.
CREATE TABLE alarm_history (
  cause TEXT NOT NULL,
  version {bigint} NOT NULL CHECK (version > 0),
  change {bigint} NOT NULL,
  state {bigint} NOT NULL,
  occurrence {bigint} NOT NULL,
  changed_at {bigint} NOT NULL,
  PRIMARY KEY (cause, version)
) {strict};
CREATE INDEX alarm_history_by_time ON alarm_history (changed_at);
APPEND ONLY alarm_history;

-- Stays that cannot be trusted: few, and looked for every minute.
CREATE INDEX stays_conflicting ON stays (began_at, facility) WHERE state = 3;
