/** Visits, their results, what became of them, deadlines and oversight. */
import { mark, type Tables } from './marks';

export const VISITS = {
  bulletin_editions: {
    keep: 'public',
    personal: {
      texts: mark('content', 'anybody', 'disclosure'),
    },
    texts: 'correction withdrawal_reason',
    by: 'submitted_by approved_by withdrawn_by',
    plain: 'bulletin_id edition freeze_number title published_at withdrawn_at',
  },
  bulletin_freezes: {
    keep: 'records',
    texts: 'reason',
    by: 'made_by',
    plain: 'bulletin_id number snapshot sha256 as_of',
  },
  bulletin_steps: {
    keep: 'records',
    texts: 'reason',
    by: 'actor_id',
    plain: 'bulletin_id key stage action at',
  },
  bulletin_years: {
    keep: 'records',
    plain: 'year last',
  },
  bulletins: {
    keep: 'records',
    personal: {
      texts: mark('content', 'anybody'),
    },
    texts: 'stage_reason correction',
    by: 'created_by submitted_by',
    plain: 'id number kind from_day to_day region_code workflow_id stage title version created_at stage_at',
  },
  corrections: {
    keep: 'records',
    personal: {
      opinion: mark('text', 'anybody'),
      answers: mark('content', 'anybody'),
      old_opinion: mark('text', 'anybody'),
      old_answers: mark('content', 'anybody'),
      entity_name: mark('name', 'entity', 'disclosure', 'public'),
      consequences: mark('content', 'anybody'),
    },
    texts: 'reason note',
    by: 'asked_by decided_by',
    plain:
      'id visit_id item_code department_code status round result_code method old_result_code old_method asked_at decided_at annulled_at kind',
  },
  credit_records: {
    keep: 'records',
    texts: 'what correction',
    by: 'corrected_by',
    plain: 'id case_id entity_id kind basis department_code recorded_on counts_until corrected_at',
  },
  deadline_steps: {
    keep: 'records',
    plain: 'deadline_id step name action at',
  },
  deadlines: {
    keep: 'records',
    plain: 'id campaign_id due_at provisional basis plan_year rule',
  },
  deliveries: {
    keep: 'public',
    personal: {
      content: mark('file', 'entity', 'disclosure'),
      last_reply: mark('content', 'anybody'),
    },
    plain:
      'id target_id number campaign_id from_id to_id rows file_name sha256 status attempts created_at first_attempt_at next_attempt_at sent_at failed_at acknowledged_at',
  },
  delivery_answers: {
    keep: 'public',
    texts: 'reason',
    plain: 'delivery_id result_id accepted',
  },
  delivery_targets: {
    keep: 'records',
    plain: 'id code name kind format columns enabled version after_id last_number',
  },
  evidence: {
    keep: 'records',
    personal: {
      object_key: mark('file', 'anybody'),
      file_name: mark('text', 'anybody'),
    },
    by: 'uploaded_by removed_by',
    plain: 'id visit_id item_code question_key sha256 size type uploaded_at removed_at',
  },
  handling_cases: {
    keep: 'records',
    texts: 'outcome',
    by: 'submitted_by',
    plain:
      'id campaign_id visit_id item_code department_code result_code track status opened_at started_at closed_at extension_days keeper_code hearing_until listed_at repair_from list_ends_at flag flag_added correction_id',
  },
  handling_events: {
    keep: 'records',
    personal: {
      facts: mark('content', 'anybody'),
    },
    texts: 'note',
    by: 'actor_id',
    plain: 'id case_id key kind at',
  },
  inspection_approvals: {
    keep: 'records',
    texts: 'note answer',
    by: 'decided_by answered_by',
    plain: 'visit_id department_code status decided_at answered_at',
  },
  joint_notices: {
    keep: 'records',
    texts: 'measure note lift_note',
    by: 'answered_by lifted_by',
    plain:
      'id case_id department_code measures issued_at status taken acted_on answered_at lifted_on lifted_at',
  },
  objections: {
    keep: 'records',
    personal: {
      reason: mark('text', 'citizen'),
      contact: mark('name', 'citizen', 'consent', 'statement'),
    },
    texts: 'note',
    by: 'decided_by',
    plain: 'id visit_id item_code result_code asked_at status decided_at',
  },
  published_results: {
    keep: 'public',
    personal: {
      entity_name: mark('name', 'entity', 'disclosure'),
      credit_code: mark('person', 'entity', 'disclosure'),
      reason: mark('text', 'anybody', 'disclosure'),
    },
    plain:
      'campaign_id visit_id item_code visit_number item_name department_name result_code visit_on published_at id version status changed_at superseded_at method',
  },
  recusal_requests: {
    keep: 'records',
    personal: {
      inspector_id: mark('person', 'inspector'),
      reason: mark('text', 'citizen'),
    },
    texts: 'note',
    by: 'decided_by',
    plain: 'id visit_id department_code asked_at status decided_at amendment_id',
  },
  result_drafts: {
    keep: 'draft',
    personal: {
      content: mark('content', 'anybody'),
    },
    by: 'saved_by',
    plain: 'visit_id item_code revision saved_at',
  },
  task_extensions: {
    keep: 'records',
    texts: 'reason note',
    by: 'requested_by decided_by',
    plain: 'id task_id status amount due_at wanted_due_at requested_at decided_at',
  },
  task_moves: {
    keep: 'records',
    texts: 'reason',
    by: 'actor_id from_assignee to_assignee',
    plain: 'id task_id at extension_id from_deadline to_deadline',
  },
  task_steps: {
    keep: 'records',
    by: 'assignee_id',
    plain: 'id key deadline_id step name action kind department_code tasks due_at at',
  },
  tasks: {
    keep: 'records',
    personal: {
      params: mark('content', 'anybody'),
    },
    texts: 'note',
    by: 'assignee_id done_by',
    plain:
      'id key kind campaign_id visit_id case_id department_code deadline_id step_done created_at done_at cancelled_at plan_year region_code',
  },
  urging_order_rounds: {
    keep: 'records',
    texts: 'answer note',
    by: 'answered_by decided_by',
    plain: 'order_id round task_id answered_at decision decided_at',
  },
  urging_order_tasks: {
    keep: 'records',
    plain: 'order_id task_id',
  },
  urging_order_years: {
    keep: 'records',
    plain: 'year last',
  },
  urging_orders: {
    keep: 'records',
    texts: 'demand withdrawal_reason',
    by: 'addressee_id issued_by withdrawn_by',
    plain: 'id number campaign_id department_code status issued_at plan_year origin withdrawn_at',
  },
  visit_codes: {
    keep: 'records',
    personal: {
      token_hash: mark('secret', 'entity', 'duty', 'codes'),
    },
    by: 'issued_by',
    plain: 'visit_id purpose issued_at expires_at revoked_at',
  },
  visit_day_agreements: {
    keep: 'records',
    by: 'agreed_by',
    plain: 'visit_day_id department_code agreed_at',
  },
  visit_days: {
    keep: 'records',
    texts: 'reason',
    by: 'proposed_by',
    plain: 'id visit_id number day part department_code proposed_at fixed_at replaced_at',
  },
  visit_items: {
    keep: 'records',
    personal: {
      opinion: mark('text', 'anybody'),
      answers: mark('content', 'anybody'),
    },
    by: 'submitted_by',
    plain: 'visit_id item_code department_code item_version_id check_form_id result_code submitted_at method',
  },
  visit_ratings: {
    keep: 'records',
    personal: {
      remark: mark('text', 'citizen', 'consent', 'statement'),
    },
    plain: 'visit_id stars rated_at',
  },
  visit_reports: {
    keep: 'records',
    plain: 'ceremony_id basis report computed_at',
  },
  visit_traces: {
    keep: 'records',
    personal: {
      people: mark('name', 'inspector'),
    },
    texts: 'arrival_reason leaving_reason',
    by: 'arrival_by leaving_by',
    plain: 'visit_id arrived_at left_at',
  },
  visits: {
    keep: 'records',
    plain: 'id campaign_id number entity_id ticket visit_on finished_at published_at',
  },
} satisfies Tables;
