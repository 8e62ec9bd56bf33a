adoption_samples.tenant_id text not null
adoption_samples.day text not null
adoption_samples.body text not null
adoption_samples: PRIMARY KEY (tenant_id, day)
CREATE UNIQUE INDEX adoption_samples_pk ON public.adoption_samples USING btree (tenant_id, day)
audit.tenant_id text not null
audit.sequence integer not null
audit.hash text not null
audit.plan_number integer
audit.body text not null
audit: PRIMARY KEY (tenant_id, sequence)
CREATE INDEX audit_by_plan ON public.audit USING btree (tenant_id, plan_number, sequence)
CREATE UNIQUE INDEX audit_key ON public.audit USING btree (tenant_id, sequence)
baselines.tenant_id text not null
baselines.version integer not null
baselines.seen_at text not null
baselines.body text not null
baselines: PRIMARY KEY (tenant_id)
CREATE UNIQUE INDEX baselines_pkey ON public.baselines USING btree (tenant_id)
conversations.id text not null
conversations.tenant_id text not null
conversations.kind text not null
conversations.approval_room integer not null
conversations.body text not null
conversations.person_id text
conversations: PRIMARY KEY (id)
CREATE INDEX conversations_of ON public.conversations USING btree (tenant_id)
CREATE INDEX conversations_of_person ON public.conversations USING btree (tenant_id, person_id)
CREATE UNIQUE INDEX conversations_pkey ON public.conversations USING btree (id)
deferred_changes.id text not null
deferred_changes.tenant_id text not null
deferred_changes.asked_at text not null
deferred_changes.body text not null
deferred_changes: PRIMARY KEY (id)
CREATE UNIQUE INDEX deferred_changes_pkey ON public.deferred_changes USING btree (id)
digest_switches.tenant_id text not null
digest_switches.is_on integer not null
digest_switches.body text not null
digest_switches: PRIMARY KEY (tenant_id)
CREATE UNIQUE INDEX digest_switches_pkey ON public.digest_switches USING btree (tenant_id)
digests.tenant_id text not null
digests.day text not null
digests.body text not null
digests: PRIMARY KEY (tenant_id, day)
CREATE UNIQUE INDEX digests_key ON public.digests USING btree (tenant_id, day)
drifts.tenant_id text not null
drifts.number integer not null
drifts.version integer not null
drifts.state text not null
drifts.body text not null
drifts: PRIMARY KEY (tenant_id, number)
CREATE UNIQUE INDEX drifts_key ON public.drifts USING btree (tenant_id, number)
CREATE UNIQUE INDEX drifts_one_open ON public.drifts USING btree (tenant_id, state) WHERE (state = 'open'::text)
duties.tenant_id text not null
duties.duty text not null
duties.holder text not null
duties: PRIMARY KEY (tenant_id, duty)
CREATE UNIQUE INDEX duties_key ON public.duties USING btree (tenant_id, duty)
evidence_links.secret_hash text not null
evidence_links.valid_until text not null
evidence_links.body text not null
evidence_links: PRIMARY KEY (secret_hash)
CREATE UNIQUE INDEX evidence_links_pkey ON public.evidence_links USING btree (secret_hash)
fido_metadata.id integer not null
fido_metadata.blob text not null
fido_metadata.fetched_at text not null
fido_metadata: PRIMARY KEY (id)
CREATE UNIQUE INDEX fido_metadata_pkey ON public.fido_metadata USING btree (id)
model_facts.tenant_id text not null
model_facts.fact text not null
model_facts.value text not null
model_facts: PRIMARY KEY (tenant_id, fact)
CREATE UNIQUE INDEX model_facts_key ON public.model_facts USING btree (tenant_id, fact)
model_notices.tenant_id text not null
model_notices.notice_id text not null
model_notices.version integer not null
model_notices.state text not null
model_notices.found_at text not null
model_notices.body text not null
model_notices: PRIMARY KEY (tenant_id, notice_id)
CREATE UNIQUE INDEX model_notices_key ON public.model_notices USING btree (tenant_id, notice_id)
own_scan_pauses.tenant_id text not null
own_scan_pauses.body text not null
own_scan_pauses: PRIMARY KEY (tenant_id)
CREATE UNIQUE INDEX own_scan_pauses_pkey ON public.own_scan_pauses USING btree (tenant_id)
people_links.secret_hash text not null
people_links.valid_until text not null
people_links.body text not null
people_links: PRIMARY KEY (secret_hash)
CREATE UNIQUE INDEX people_links_pkey ON public.people_links USING btree (secret_hash)
plans.tenant_id text not null
plans.number integer not null
plans.version integer not null
plans.state text not null
plans.expires_at text not null
plans.summary text not null
plans.body text not null
plans: PRIMARY KEY (tenant_id, number)
CREATE INDEX plans_by_state ON public.plans USING btree (tenant_id, state, expires_at)
CREATE UNIQUE INDEX plans_key ON public.plans USING btree (tenant_id, number)
CREATE UNIQUE INDEX plans_one_applying ON public.plans USING btree (tenant_id, state) WHERE (state = 'applying'::text)
postings.tenant_id text not null
postings.kind text not null
postings.card_id text not null
postings.conversation_id text not null
postings.message_id text not null
postings.version integer not null
postings.poster text not null
postings.tries integer not null
postings.done_at text
postings: PRIMARY KEY (tenant_id, kind, card_id, conversation_id, message_id)
CREATE INDEX postings_by_end ON public.postings USING btree (tenant_id, done_at)
CREATE INDEX postings_by_message ON public.postings USING btree (tenant_id, message_id)
CREATE UNIQUE INDEX postings_key ON public.postings USING btree (tenant_id, kind, card_id, conversation_id, message_id)
replicas.replica_id text not null
replicas.beat integer not null
replicas.rules text not null default ''::text
replicas: PRIMARY KEY (replica_id)
CREATE UNIQUE INDEX replicas_pkey ON public.replicas USING btree (replica_id)
rollout_stages.tenant_id text not null
rollout_stages.body text not null
rollout_stages: PRIMARY KEY (tenant_id)
CREATE UNIQUE INDEX rollout_stages_pkey ON public.rollout_stages USING btree (tenant_id)
scan_people.tenant_id text not null
scan_people.scan_id text not null
scan_people.person_id text not null
scan_people.position integer not null
scan_people.state text not null
scan_people.name text not null
scan_people.is_admin integer not null
scan_people.has_passkeys integer not null
scan_people.detail text not null
scan_people: PRIMARY KEY (tenant_id, scan_id, person_id)
CREATE INDEX scan_people_by_state ON public.scan_people USING btree (tenant_id, scan_id, state, "position")
CREATE UNIQUE INDEX scan_people_key ON public.scan_people USING btree (tenant_id, scan_id, person_id)
scans.tenant_id text not null
scans.scan_id text not null
scans.state text not null
scans.finished_at text not null
scans.complete integer not null
scans.last_position integer not null
scans.body text not null
scans: PRIMARY KEY (tenant_id, scan_id)
CREATE UNIQUE INDEX scans_key ON public.scans USING btree (tenant_id, scan_id)
CREATE UNIQUE INDEX scans_one_running ON public.scans USING btree (tenant_id, state) WHERE (state = 'running'::text)
sign_ins.link_hash text not null
sign_ins.valid_until text not null
sign_ins.body text not null
sign_ins.seal text not null
sign_ins.browser_hash text not null
sign_ins: PRIMARY KEY (link_hash)
CREATE UNIQUE INDEX sign_ins_pkey ON public.sign_ins USING btree (link_hash)
taken_messages.message_key text not null
taken_messages.tenant_id text not null
taken_messages.taken_at text not null
taken_messages.taker text not null
taken_messages.answered integer not null
taken_messages.plan_number integer
taken_messages: PRIMARY KEY (message_key)
CREATE INDEX taken_messages_by_time ON public.taken_messages USING btree (tenant_id, taken_at)
CREATE UNIQUE INDEX taken_messages_pkey ON public.taken_messages USING btree (message_key)
tenants.tenant_id text not null
tenants.last_plan integer not null
tenants.last_audit integer not null
tenants.last_drift integer not null
tenants.installation text not null default ''::text
tenants: PRIMARY KEY (tenant_id)
CREATE UNIQUE INDEX tenants_pkey ON public.tenants USING btree (tenant_id)
