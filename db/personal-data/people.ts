/** People: accounts, sign-ins, sessions, leaves, what they are told, and the log of what they did. */
import { mark, type Tables } from './marks';

export const PEOPLE = {
  users: {
    keep: 'account',
    personal: {
      id: mark('person', 'official'),
      username: mark('name', 'official'),
      name: mark('name', 'official'),
      email: mark('mail', 'official', 'duty', 'reach'),
      password_hash: mark('secret', 'official'),
      browser_key: mark('secret', 'official'),
      disabled_at: mark('trace', 'official'),
      password_changed_at: mark('trace', 'official'),
    },
    plain: 'created_at must_change_password is_service',
  },
  user_roles: {
    keep: 'account',
    personal: {
      user_id: mark('person', 'official'),
      role: mark('person', 'official'),
      granted_at: mark('trace', 'official'),
    },
    plain: 'department_code region_code request_id',
  },
  role_requests: {
    keep: 'records',
    texts: 'reason note',
    by: 'user_id requested_by decided_by',
    plain: 'id role department_code region_code requested_at decided_at expires_at status',
  },
  sessions: {
    keep: 'session',
    personal: {
      token_hash: mark('secret', 'official'),
      user_id: mark('person', 'official'),
      created_at: mark('trace', 'official'),
      id: mark('person', 'official'),
      address: mark('trace', 'official'),
      browser: mark('trace', 'official'),
      last_used_at: mark('trace', 'official'),
    },
    plain: 'expires_at way has_second_factor proven_at',
  },
  login_failures: {
    keep: 'failures',
    personal: {
      username: mark('name', 'official'),
      at: mark('trace', 'official'),
      address: mark('trace', 'official'),
      device: mark('trace', 'official'),
    },
    plain: 'id lane',
  },
  sign_in_places: {
    keep: 'places',
    personal: {
      user_id: mark('person', 'official'),
      value: mark('trace', 'official'),
      last_at: mark('trace', 'official'),
    },
    plain: 'kind',
  },
  idempotency_keys: {
    keep: 'requests',
    personal: {
      user_id: mark('person', 'official'),
      body: mark('content', 'anybody'),
    },
    plain: 'key request_hash status created_at',
  },
  second_factors: {
    keep: 'account',
    personal: {
      user_id: mark('person', 'official'),
      secret: mark('secret', 'official'),
      new_secret: mark('secret', 'official'),
      recovery_salt: mark('secret', 'official'),
    },
    plain: 'confirmed_at last_step',
  },
  recovery_codes: {
    keep: 'account',
    personal: {
      user_id: mark('person', 'official'),
      code_hash: mark('secret', 'official'),
    },
    plain: 'used_at',
  },
  sign_in_challenges: {
    keep: 'session',
    personal: {
      token_hash: mark('secret', 'official'),
      user_id: mark('person', 'official'),
    },
    plain: 'way expires_at',
  },
  provider_identities: {
    keep: 'account',
    personal: {
      subject: mark('name', 'official'),
      user_id: mark('person', 'official'),
    },
    plain: 'issuer linked_at',
  },
  provider_sign_ins: {
    keep: 'session',
    personal: {
      token_hash: mark('secret', 'official'),
      user_id: mark('person', 'official'),
      state: mark('secret', 'official'),
      nonce: mark('secret', 'official'),
      verifier: mark('secret', 'official'),
    },
    plain: 'purpose return_to expires_at',
  },
  api_keys: {
    keep: 'account',
    personal: {
      hash: mark('secret', 'official'),
      last_used_address: mark('trace', 'official'),
    },
    by: 'user_id created_by revoked_by',
    plain: 'id name prefix scopes replaces created_at expires_at revoked_at last_used_at',
  },
  calendar_feeds: {
    keep: 'feed',
    personal: {
      user_id: mark('person', 'official'),
      token_hash: mark('secret', 'official'),
    },
    plain: 'created_at',
  },
  notice_preferences: {
    keep: 'account',
    personal: {
      user_id: mark('person', 'official'),
    },
    plain: 'mail messenger',
  },
  delegations: {
    keep: 'records',
    personal: {
      reason: mark('text', 'official', 'duty', 'leave'),
    },
    by: 'user_id delegate_id created_by ended_by',
    plain: 'id department_code from_day until_day created_at ended_at',
  },
  mails: {
    keep: 'mail',
    personal: {
      recipient_id: mark('person', 'official', 'duty', 'records'),
      recipient_email: mark('mail', 'official'),
      subject: mark('content', 'official'),
      body_text: mark('content', 'official'),
      body_html: mark('content', 'official'),
      last_reply: mark('content', 'official'),
    },
    plain:
      'id message_id status attempts next_attempt_at created_at sent_at first_attempt_at delivered_at failed_at reported_at resent channel',
  },
  mail_relays: {
    keep: 'records',
    plain: 'relay tokens refilled_at',
  },
  bounce_mailboxes: {
    keep: 'records',
    personal: {
      mailbox: mark('mail', 'official'),
    },
    plain: 'uid_validity last_uid',
  },
  notices: {
    keep: 'records',
    personal: {
      recipient_id: mark('person', 'official'),
      params: mark('content', 'anybody'),
      read_at: mark('trace', 'official'),
      on_behalf_of: mark('person', 'official'),
    },
    plain: 'id key kind campaign_id not_before created_at mail_id unmailable task_step_id message_id',
  },
  audit_log: {
    keep: 'audit',
    personal: {
      actor_id: mark('act', 'official', 'security'),
      subject: mark('person', 'anybody', 'security'),
      address: mark('trace', 'anybody', 'security'),
      before: mark('content', 'anybody', 'security'),
      after: mark('content', 'anybody', 'security'),
    },
    plain: 'seq at action request_id',
  },
  audit_links: {
    keep: 'audit',
    plain: 'place seq previous_hash hash',
  },
  audit_pending: {
    keep: 'audit',
    plain: 'seq',
  },
  audit_pieces: {
    keep: 'audit',
    plain: 'number root',
  },
  audit_keys: {
    keep: 'audit',
    plain: 'id key since',
  },
  audit_checkpoints: {
    keep: 'audit',
    plain: 'size root at reason key_id note',
  },
  audit_checks: {
    keep: 'audit',
    plain: 'id at entries seconds problems',
  },
  departments: {
    keep: 'registry',
    plain: 'code name short_name region_code kind',
  },
  regions: {
    keep: 'registry',
    plain: 'code name parent_code',
  },
  calendar_corrections: {
    keep: 'records',
    texts: 'reason',
    plain: 'date kind',
  },
} satisfies Tables;
