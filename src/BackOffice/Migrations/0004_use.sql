-- The local days of facilities (ISO 8601) whose stays changed. The drain adds them in the transaction that changes the stays; whoever
-- computes a day takes its row away in the transaction that writes what came of it. changes: how often; only its lock matters.
CREATE TABLE changed_days (
  facility TEXT NOT NULL,
  day TEXT NOT NULL,
  changes {bigint} NOT NULL,
  PRIMARY KEY (facility, day)
) {strict};

-- How a facility was used on one of its local days, from starts_at to before ends_at. computed_at: when. due_at: when the passing of time
-- alone makes it worth computing again; null once the day is over and computed. capacity: that of the city file until the day was over.
-- known_from: on the first day, from when anything is known of the facility; otherwise null.
-- provisional, conflicting, uncollectable: stays that began on the day, by their state. curves: JSON, see UseCurves.
CREATE TABLE use_days (
  facility TEXT NOT NULL,
  day TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  starts_at {bigint} NOT NULL,
  ends_at {bigint} NOT NULL,
  computed_at {bigint} NOT NULL,
  due_at {bigint},
  known_from {bigint},
  capacity {bigint} NOT NULL,
  entries {bigint} NOT NULL,
  exits {bigint} NOT NULL,
  provisional {bigint} NOT NULL,
  conflicting {bigint} NOT NULL,
  uncollectable {bigint} NOT NULL,
  curves TEXT NOT NULL,
  PRIMARY KEY (facility, day)
) {strict};
CREATE INDEX use_days_due ON use_days (due_at) WHERE due_at IS NOT NULL;

-- Stays of holders that were erased, so that a day that is computed again still counts them. Nothing leads to whose they were.
-- stay: as in stays, which has it again if an older copy of the live store came back; then only that one counts.
CREATE TABLE forgotten_stays (
  stay TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  began_at {bigint} NOT NULL,
  entered_at {bigint},
  ended_at {bigint} NOT NULL,
  ending {bigint} NOT NULL,
  state {bigint} NOT NULL
) {strict};
CREATE INDEX forgotten_stays_by_end ON forgotten_stays (facility, ended_at);

-- The stays that ended on a day, and those that may have filled one: longer than 20 hours, for the shortest day has 23.
CREATE INDEX stays_by_end ON stays (facility, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX stays_of_days ON stays (facility, ended_at) WHERE ended_at - began_at >= 72000000000;
