/** Raise it with every change below: a replica of another version is set aside and filled anew from PostgreSQL. */
export const replicaVersion = 4;

/*
 * `vehicle.key` is `pass.key * 256 + index`, so that the vehicles of a pass lie together and in order in the
 * file. `work`, the fold's memory, comes last: reads for windows never touch the pages it spills to.
 * `alert_here_only`: alerts of passes that the shared record has never told us of (here-only.ts).
 */
export const replicaSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stream (
  stream_id TEXT PRIMARY KEY, site TEXT NOT NULL, track TEXT NOT NULL, cameras TEXT NOT NULL,
  last_seq INTEGER NOT NULL, updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pass (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream_id TEXT NOT NULL, site TEXT NOT NULL,
  site_track TEXT NOT NULL, track TEXT NOT NULL, train_number TEXT NOT NULL, direction TEXT NOT NULL,
  started_at INTEGER NOT NULL, ended_at INTEGER, vehicle_count INTEGER, speed_kmh REAL, status TEXT NOT NULL,
  aborted INTEGER NOT NULL, state TEXT, threshold_version INTEGER NOT NULL, confirmed_by TEXT,
  confirmed_at INTEGER, notes TEXT, reopened INTEGER NOT NULL, revision INTEGER NOT NULL,
  shared_revision INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, work TEXT NOT NULL
);
CREATE INDEX pass_newest ON pass (started_at, id) WHERE archived = 0;
CREATE INDEX pass_open ON pass (stream_id) WHERE status = 'in-progress';
CREATE TABLE vehicle (
  key INTEGER PRIMARY KEY, identified INTEGER NOT NULL, vehicle_number TEXT, vehicle_type TEXT,
  axles INTEGER NOT NULL, leading_end TEXT, state TEXT, blank_count INTEGER NOT NULL,
  contradicted INTEGER NOT NULL, site TEXT NOT NULL, site_track TEXT NOT NULL, started_at INTEGER NOT NULL,
  blind_sides TEXT NOT NULL, relative TEXT NOT NULL, springs TEXT NOT NULL, work TEXT NOT NULL
);
CREATE INDEX vehicle_history ON vehicle (vehicle_number, site, site_track, started_at, contradicted)
  WHERE vehicle_number IS NOT NULL;
CREATE TABLE alert (
  id TEXT PRIMARY KEY, pass_id TEXT, vehicle_index INTEGER, position TEXT, rule TEXT NOT NULL,
  severity TEXT NOT NULL, state TEXT NOT NULL, present INTEGER NOT NULL, value REAL, limit_value REAL,
  raised_at INTEGER NOT NULL, received_at INTEGER NOT NULL, acknowledged_by TEXT, acknowledged_at INTEGER,
  comment TEXT, provisional INTEGER NOT NULL, train_number TEXT, track TEXT, vehicle_number TEXT, defect TEXT,
  stream_id TEXT, rank INTEGER NOT NULL, owner TEXT, shelved_until INTEGER, shelved_by TEXT, shelve_reason TEXT,
  escalated_at INTEGER, verdict TEXT, known TEXT
);
CREATE INDEX alert_order ON alert (rank, raised_at DESC, id);
CREATE INDEX alert_open ON alert (rank, raised_at DESC, id, shelved_until) WHERE state <> 'closed';
CREATE INDEX alert_severity ON alert (severity, rank, raised_at DESC, id);
CREATE INDEX alert_state ON alert (state, rank, raised_at DESC, id);
CREATE INDEX alert_rule ON alert (rule, rank, raised_at DESC, id);
CREATE INDEX alert_vehicle ON alert (vehicle_number, rank, raised_at DESC, id) WHERE vehicle_number IS NOT NULL;
CREATE INDEX alert_train ON alert (train_number, rank, raised_at DESC, id) WHERE train_number IS NOT NULL;
CREATE INDEX alert_owner ON alert (owner, rank, raised_at DESC, id) WHERE owner IS NOT NULL;
CREATE INDEX alert_shelf ON alert (shelved_until) WHERE shelved_until IS NOT NULL;
CREATE INDEX alert_pass ON alert (pass_id, rank, raised_at DESC, id) WHERE pass_id IS NOT NULL;
CREATE TABLE alert_event (
  key INTEGER PRIMARY KEY, alert_id TEXT NOT NULL, identity TEXT NOT NULL, at INTEGER NOT NULL,
  actor TEXT NOT NULL, workstation TEXT NOT NULL, kind TEXT NOT NULL, details TEXT NOT NULL,
  UNIQUE (alert_id, identity)
);
CREATE TABLE alert_here_only (pass_id TEXT NOT NULL, alert_id TEXT NOT NULL, PRIMARY KEY (pass_id, alert_id)) WITHOUT ROWID;
CREATE TABLE maintenance (vehicle_number TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE threshold_set (version INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE rejected (
  key INTEGER PRIMARY KEY, stream_id TEXT NOT NULL, seq INTEGER, at INTEGER NOT NULL, reason TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX rejected_newest ON rejected (at, key);
CREATE UNIQUE INDEX rejected_seq ON rejected (stream_id, seq, reason) WHERE seq IS NOT NULL;
CREATE UNIQUE INDEX rejected_text ON rejected (stream_id, at, reason, text) WHERE seq IS NULL;
CREATE TABLE camera_status (
  key INTEGER PRIMARY KEY, stream_id TEXT NOT NULL, camera_id TEXT NOT NULL, status TEXT NOT NULL,
  at INTEGER NOT NULL, received_at INTEGER NOT NULL
);
CREATE INDEX camera_status_at ON camera_status (received_at);
CREATE TABLE link_note (
  key INTEGER PRIMARY KEY, stream_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL, received_at INTEGER NOT NULL
);
CREATE INDEX link_note_at ON link_note (received_at);
`;

export const replicaTables = [
  'meta',
  'stream',
  'pass',
  'vehicle',
  'alert',
  'alert_event',
  'alert_here_only',
  'maintenance',
  'threshold_set',
  'rejected',
  'camera_status',
  'link_note',
] as const;
