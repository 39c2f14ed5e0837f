-- People and organisations ------------------------------------------------------------------------------------------

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NOT NULL,
  notifications TEXT NOT NULL,
  email_confirmed_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  user_id TEXT REFERENCES users (id),
  data TEXT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);

CREATE TABLE user_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  settings TEXT NOT NULL,
  rev INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE counters (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, name)
) STRICT;

CREATE TABLE members (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL,
  active INTEGER NOT NULL,
  presence TEXT NOT NULL,
  presence_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, user_id)
) STRICT;
CREATE INDEX members_by_user ON members (user_id);

CREATE TABLE presence_history (
  organisation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  presence TEXT NOT NULL,
  PRIMARY KEY (organisation_id, user_id, at),
  FOREIGN KEY (organisation_id, user_id) REFERENCES members (organisation_id, user_id)
) STRICT;

CREATE TABLE invites (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (organisation_id, id)
) STRICT;

CREATE TABLE api_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (organisation_id, id)
) STRICT;

CREATE TABLE idempotency_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER,
  body TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Connections and the pipeline --------------------------------------------------------------------------------------

CREATE TABLE connections (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  account TEXT NOT NULL,
  settings TEXT NOT NULL,
  secrets BLOB NOT NULL,
  webhook_key TEXT NOT NULL,
  facts TEXT NOT NULL,
  handshake_at INTEGER,
  last_event_at INTEGER,
  last_ok_at INTEGER,
  last_error TEXT,
  last_error_at INTEGER,
  created_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;

-- Global on purpose: a webhook names its connection before it names its organisation.
CREATE TABLE webhook_keys (
  key TEXT NOT NULL PRIMARY KEY,
  provider TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;

CREATE TABLE message_templates (
  organisation_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  category TEXT NOT NULL,
  body TEXT NOT NULL,
  params INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, connection_id, name, language),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;

CREATE TABLE events (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  connection_id TEXT,
  kind TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  order_key TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  processed_at INTEGER,
  note TEXT,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX events_once ON events (organisation_id, connection_id, dedupe_key);
CREATE INDEX events_waiting ON events (id) WHERE state = 'new';
CREATE INDEX events_waiting_in_order ON events (organisation_id, order_key, id) WHERE state = 'new';

CREATE TABLE event_payloads (
  organisation_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  headers TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (organisation_id, event_id),
  FOREIGN KEY (organisation_id, event_id) REFERENCES events (organisation_id, id)
) STRICT;

CREATE TABLE jobs (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  connection_id TEXT,
  order_key TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  lease_until INTEGER,
  lease_node TEXT,
  lease_boot TEXT,
  idempotency_key TEXT,
  payload TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT,
  chain TEXT NOT NULL,
  depth INTEGER NOT NULL,
  code TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX jobs_once ON jobs (organisation_id, idempotency_key);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'ready';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_open_in_order ON jobs (organisation_id, order_key, id) WHERE state IN ('ready', 'running');
CREATE INDEX jobs_by_state ON jobs (organisation_id, state, id);
CREATE INDEX jobs_by_object ON jobs (organisation_id, object_kind, object_id);

CREATE TABLE job_attempts (
  organisation_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (organisation_id, job_id, number),
  FOREIGN KEY (organisation_id, job_id) REFERENCES jobs (organisation_id, id)
) STRICT;

CREATE TABLE journal (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  code TEXT NOT NULL,
  args TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  cause_kind TEXT,
  cause_id TEXT,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE INDEX journal_by_object ON journal (organisation_id, object_kind, object_id, id);

CREATE TABLE live_events (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  organisation_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  object_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX live_events_by_age ON live_events (at);

-- Contacts and chats ------------------------------------------------------------------------------------------------

CREATE TABLE contacts (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  company TEXT NOT NULL,
  city TEXT NOT NULL,
  note TEXT NOT NULL,
  search_text TEXT NOT NULL,
  unreachable TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX contacts_by_phone ON contacts (organisation_id, phone);
CREATE INDEX contacts_by_email ON contacts (organisation_id, email);

CREATE TABLE contact_identities (
  organisation_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, channel, external_id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
) STRICT;
CREATE INDEX contact_identities_by_contact ON contact_identities (organisation_id, contact_id);

CREATE TABLE files (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;

CREATE TABLE chats (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  person TEXT NOT NULL,
  status TEXT NOT NULL,
  assignee_id TEXT,
  waiting_since INTEGER,
  unread INTEGER NOT NULL,
  last_message_at INTEGER NOT NULL,
  last_inbound_at INTEGER,
  preview TEXT NOT NULL,
  preview_kind TEXT NOT NULL,
  preview_sender TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX chats_once ON chats (organisation_id, connection_id, contact_id);
CREATE INDEX chats_by_contact ON chats (organisation_id, contact_id);
CREATE INDEX chats_by_activity ON chats (organisation_id, last_message_at, id);
CREATE INDEX chats_waiting ON chats (organisation_id, waiting_since, id) WHERE waiting_since IS NOT NULL;

CREATE TABLE messages (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  author_id TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  meta TEXT NOT NULL,
  file_id TEXT,
  connection_id TEXT,
  external_id TEXT,
  reply_to TEXT,
  delivery TEXT,
  error_code TEXT,
  error_detail TEXT,
  job_id TEXT,
  reactions TEXT NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, chat_id) REFERENCES chats (organisation_id, id)
) STRICT;
CREATE INDEX messages_by_chat ON messages (organisation_id, chat_id, id);
CREATE UNIQUE INDEX messages_once ON messages (organisation_id, connection_id, external_id);
CREATE INDEX messages_by_job ON messages (organisation_id, job_id);

-- Reports may come before the answer that names the message: they are kept and applied when it is known.
CREATE TABLE delivery_reports (
  organisation_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  delivery TEXT NOT NULL,
  reference TEXT,
  at INTEGER NOT NULL,
  code TEXT,
  detail TEXT,
  PRIMARY KEY (organisation_id, connection_id, external_id, delivery),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
) STRICT;

CREATE TABLE canned_replies (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (organisation_id, shortcut);

-- Catalogue and orders ----------------------------------------------------------------------------------------------

CREATE TABLE products (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  sku TEXT,
  unit TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  active INTEGER NOT NULL,
  image_id TEXT,
  search_text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX products_by_sku ON products (organisation_id, sku);

CREATE TABLE orders (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  status_since INTEGER NOT NULL,
  deadline_at INTEGER,
  contact_id TEXT NOT NULL,
  chat_id TEXT,
  channel TEXT,
  source TEXT NOT NULL,
  assignee_id TEXT,
  total_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  search_text TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
) STRICT;
CREATE UNIQUE INDEX orders_by_number ON orders (organisation_id, number);
CREATE INDEX orders_by_status ON orders (organisation_id, status, status_since);
CREATE INDEX orders_by_contact ON orders (organisation_id, contact_id, id);
CREATE INDEX orders_by_creation ON orders (organisation_id, created_at, id);

CREATE TABLE order_items (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  product_id TEXT,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  quantity_milli INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, order_id, id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
) STRICT;

CREATE TABLE order_steps (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  at INTEGER NOT NULL,
  from_status TEXT,
  to_status TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  PRIMARY KEY (organisation_id, order_id, rev),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
) STRICT;

CREATE TABLE order_comments (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  author_id TEXT,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, order_id, id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
) STRICT;

CREATE TABLE order_files (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  PRIMARY KEY (organisation_id, order_id, file_id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
  FOREIGN KEY (organisation_id, file_id) REFERENCES files (organisation_id, id)
) STRICT;
