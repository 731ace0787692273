/** The registries: entities, inspectors, items, and the files that they came in. */
import { mark, type Tables } from './marks';

export const REGISTRIES = {
  entities: {
    keep: 'registry',
    personal: {
      name: mark('name', 'entity'),
      credit_code: mark('person', 'entity'),
      address: mark('address', 'entity'),
      contact_name: mark('name', 'entity', 'duty', 'contact'),
      contact_phone: mark('phone', 'entity', 'duty', 'contact'),
    },
    plain:
      'id status region_code entity_type business_scope established_on tags risk_class draw_class flags complaints updated_at ended_at kind_id industry_code listed_by declared_tags',
  },
  entity_versions: {
    keep: 'registry',
    personal: {
      state: mark('content', 'entity', 'duty', 'contact'),
    },
    plain: 'id entity_id valid_from import_id tag_rule_version_id case_id',
  },
  entity_changes: {
    keep: 'registry',
    plain:
      'id entity_id at import_id presence_before region_before class_before tags_before presence region class tags',
  },
  entity_kinds: {
    keep: 'registry',
    plain: 'id region_code draw_class tags',
  },
  inspectors: {
    keep: 'registry',
    personal: {
      id: mark('person', 'inspector'),
      code: mark('person', 'inspector'),
      name: mark('name', 'inspector'),
      certificate_number: mark('certificate', 'inspector'),
      email: mark('mail', 'inspector', 'duty', 'contact'),
      phone: mark('phone', 'inspector', 'duty', 'contact'),
      user_id: mark('person', 'inspector'),
      status: mark('person', 'inspector'),
    },
    plain: 'department_code certificate_valid_until regions qualifications capacity updated_at ended_at',
  },
  inspector_versions: {
    keep: 'registry',
    personal: {
      inspector_id: mark('person', 'inspector'),
      state: mark('content', 'inspector', 'duty', 'contact'),
    },
    texts: 'reason',
    by: 'changed_by',
    plain: 'id valid_from import_id',
  },
  inspector_trainings: {
    keep: 'registry',
    personal: {
      inspector_id: mark('person', 'inspector'),
    },
    texts: 'withdrawal_reason',
    by: 'entered_by withdrawn_by',
    plain: 'id topic held_on hours valid_until entered_at withdrawn_at import_id withdrawal_import_id',
  },
  exclusions: {
    keep: 'registry',
    personal: {
      inspector_id: mark('person', 'inspector'),
      reason: mark('text', 'inspector'),
    },
    texts: 'end_reason',
    by: 'declared_by ended_by',
    plain: 'entity_id declared_at id kind ended_at',
  },
  imports: {
    keep: 'registry',
    personal: {
      file_name: mark('text', 'anybody'),
    },
    texts: 'reason',
    by: 'started_by cancelled_by',
    plain:
      'id kind mode dry_run file_sha256 encoding status rows_read added changed ended unchanged refused failure started_at finished_at phase progress departments header undo_of delivery retry_of',
  },
  import_files: {
    keep: 'upload',
    personal: {
      bytes: mark('file', 'anybody'),
    },
    plain: 'import_id number',
  },
  import_refusals: {
    keep: 'upload',
    personal: {
      value: mark('content', 'anybody'),
      message: mark('content', 'anybody'),
      cells: mark('content', 'anybody'),
    },
    plain: 'import_id row_number column_name reason',
  },
  tag_rules: {
    keep: 'registry',
    plain: 'tag label any_of none_of not_with active',
  },
  tag_rule_versions: {
    keep: 'registry',
    texts: 'reason',
    by: 'changed_by',
    plain: 'id tag label any_of none_of not_with changed_at gained lost active',
  },
  tag_rule_saves: {
    keep: 'registry',
    personal: {
      address: mark('trace', 'official', 'security', 'upload'),
    },
    texts: 'reason',
    by: 'ordered_by',
    plain:
      'id tag label any_of none_of not_with active based_on ordered_at request_id status progress version_id failure finished_at',
  },
  region_moves: {
    keep: 'registry',
    texts: 'reason',
    by: 'recorded_by',
    plain: 'old_code new_code since recorded_at used',
  },
  items: {
    keep: 'public',
    plain: 'code department_code',
  },
  item_versions: {
    keep: 'public',
    texts: 'change_reason returned_reason end_reason',
    by: 'created_by submitted_by published_by',
    plain:
      'id item_code version status name content category methods legal_bases object_tags object_regions qualifications ratio_ppm frequency statutory_ratio_ppm created_at submitted_at published_at ended_at check_form_id statutory_frequency',
  },
  check_forms: {
    keep: 'public',
    plain: 'id item_code version sections created_at opinions',
  },
  ratio_policies: {
    keep: 'records',
    texts: 'reason decision_note',
    by: 'created_by submitted_by decided_by',
    plain: 'version status rows valid_from created_at submitted_at decided_at training_required industries',
  },
  deadline_policies: {
    keep: 'records',
    texts: 'reason decision_note',
    by: 'created_by submitted_by decided_by',
    plain: 'version status policy valid_from created_at submitted_at decided_at',
  },
  document_templates: {
    keep: 'records',
    texts: 'note',
    by: 'made_by',
    plain: 'id kind department_code version body made_at',
  },
  handling_policies: {
    keep: 'records',
    texts: 'reason',
    by: 'created_by',
    plain: 'version content created_at',
  },
  statistics_reports: {
    keep: 'records',
    personal: {
      report: mark('content', 'inspector'),
    },
    plain: 'kind key basis computed_at',
  },
} satisfies Tables;
