-- People and organisations ------------------------------------------------------------------------------------------

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  language TEXT NOT NULL,
  notifications JSONB NOT NULL,
  email_confirmed_at BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  user_id TEXT REFERENCES users (id),
  data TEXT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);

CREATE TABLE user_tokens (
  token_hash TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE organisations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  settings JSONB NOT NULL,
  rev BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE counters (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, name)
);

CREATE TABLE members (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  presence TEXT NOT NULL,
  presence_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, user_id)
);
CREATE INDEX members_by_user ON members (user_id);

CREATE TABLE presence_history (
  organisation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  presence TEXT NOT NULL,
  PRIMARY KEY (organisation_id, user_id, at),
  FOREIGN KEY (organisation_id, user_id) REFERENCES members (organisation_id, user_id)
);

CREATE TABLE invites (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE api_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_by TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE idempotency_keys (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT,
  body TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Connections and the pipeline --------------------------------------------------------------------------------------

CREATE TABLE connections (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  account TEXT NOT NULL,
  settings JSONB NOT NULL,
  secrets BYTEA NOT NULL,
  webhook_key TEXT NOT NULL,
  facts JSONB NOT NULL,
  handshake_at BIGINT,
  last_event_at BIGINT,
  last_ok_at BIGINT,
  last_error TEXT,
  last_error_at BIGINT,
  created_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

-- Global on purpose: a webhook names its connection before it names its organisation.
CREATE TABLE webhook_keys (
  key TEXT NOT NULL PRIMARY KEY,
  provider TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
);

CREATE TABLE message_templates (
  organisation_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status TEXT NOT NULL,
  category TEXT NOT NULL,
  body TEXT NOT NULL,
  params BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, connection_id, name, language),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
);

CREATE TABLE events (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  connection_id TEXT,
  kind TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  order_key TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  processed_at BIGINT,
  note TEXT,
  PRIMARY KEY (organisation_id, id)
);
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
);

CREATE TABLE jobs (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  connection_id TEXT,
  order_key TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  max_attempts BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  lease_until BIGINT,
  lease_node TEXT,
  lease_boot TEXT,
  idempotency_key TEXT,
  payload JSONB NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  cause_kind TEXT NOT NULL,
  cause_id TEXT,
  chain TEXT NOT NULL,
  depth BIGINT NOT NULL,
  code TEXT,
  detail TEXT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX jobs_once ON jobs (organisation_id, idempotency_key);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'ready';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_open_in_order ON jobs (organisation_id, order_key, id) WHERE state IN ('ready', 'running');
CREATE INDEX jobs_by_state ON jobs (organisation_id, state, id);
CREATE INDEX jobs_by_object ON jobs (organisation_id, object_kind, object_id);

CREATE TABLE job_attempts (
  organisation_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  took_ms BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (organisation_id, job_id, number),
  FOREIGN KEY (organisation_id, job_id) REFERENCES jobs (organisation_id, id)
);

CREATE TABLE journal (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  level TEXT NOT NULL,
  code TEXT NOT NULL,
  args JSONB NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  cause_kind TEXT,
  cause_id TEXT,
  PRIMARY KEY (organisation_id, id)
);
CREATE INDEX journal_by_object ON journal (organisation_id, object_kind, object_id, id);

CREATE TABLE live_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  object_id TEXT NOT NULL,
  at BIGINT NOT NULL
);
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
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX contacts_by_phone ON contacts (organisation_id, phone);
CREATE INDEX contacts_by_email ON contacts (organisation_id, email);

CREATE TABLE contact_identities (
  organisation_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, channel, external_id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
);
CREATE INDEX contact_identities_by_contact ON contact_identities (organisation_id, contact_id);

CREATE TABLE files (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE chats (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  person JSONB NOT NULL,
  status TEXT NOT NULL,
  assignee_id TEXT,
  waiting_since BIGINT,
  unread BIGINT NOT NULL,
  last_message_at BIGINT NOT NULL,
  last_inbound_at BIGINT,
  preview TEXT NOT NULL,
  preview_kind TEXT NOT NULL,
  preview_sender TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
);
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
  meta JSONB NOT NULL,
  file_id TEXT,
  connection_id TEXT,
  external_id TEXT,
  reply_to TEXT,
  delivery TEXT,
  error_code TEXT,
  error_detail TEXT,
  job_id TEXT,
  reactions JSONB NOT NULL,
  at BIGINT NOT NULL,
  edited_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, chat_id) REFERENCES chats (organisation_id, id)
);
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
  at BIGINT NOT NULL,
  code TEXT,
  detail TEXT,
  PRIMARY KEY (organisation_id, connection_id, external_id, delivery),
  FOREIGN KEY (organisation_id, connection_id) REFERENCES connections (organisation_id, id)
);

CREATE TABLE canned_replies (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  id TEXT NOT NULL,
  shortcut TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);
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
  price_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  active BOOLEAN NOT NULL,
  image_id TEXT,
  search_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id)
);
CREATE UNIQUE INDEX products_by_sku ON products (organisation_id, sku);

CREATE TABLE orders (
  organisation_id TEXT NOT NULL,
  id TEXT NOT NULL,
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  status_since BIGINT NOT NULL,
  deadline_at BIGINT,
  contact_id TEXT NOT NULL,
  chat_id TEXT,
  channel TEXT,
  source TEXT NOT NULL,
  assignee_id TEXT,
  total_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  search_text TEXT NOT NULL,
  created_by TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  rev BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, id),
  FOREIGN KEY (organisation_id, contact_id) REFERENCES contacts (organisation_id, id)
);
CREATE UNIQUE INDEX orders_by_number ON orders (organisation_id, number);
CREATE INDEX orders_by_status ON orders (organisation_id, status, status_since);
CREATE INDEX orders_by_contact ON orders (organisation_id, contact_id, id);
CREATE INDEX orders_by_creation ON orders (organisation_id, created_at, id);

CREATE TABLE order_items (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  product_id TEXT,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  price_minor BIGINT NOT NULL,
  quantity_milli BIGINT NOT NULL,
  total_minor BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, order_id, id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);

CREATE TABLE order_steps (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  rev BIGINT NOT NULL,
  at BIGINT NOT NULL,
  from_status TEXT,
  to_status TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  PRIMARY KEY (organisation_id, order_id, rev),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);

CREATE TABLE order_comments (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  id TEXT NOT NULL,
  author_id TEXT,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, order_id, id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);

CREATE TABLE order_files (
  organisation_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  PRIMARY KEY (organisation_id, order_id, file_id),
  FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
  FOREIGN KEY (organisation_id, file_id) REFERENCES files (organisation_id, id)
);
