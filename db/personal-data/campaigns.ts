/** Plans, campaigns, draws. */
import { mark, type Tables } from './marks';

export const CAMPAIGNS = {
  annual_plans: {
    keep: 'records',
    texts: 'stage_reason amendment_reason',
    by: 'created_by submitted_by approved_by',
    plain: 'year stage deadline_policy created_at published_at version',
  },
  annual_plan_versions: {
    keep: 'records',
    texts: 'reason',
    by: 'submitted_by approved_by',
    plain: 'year version published_at',
  },
  annual_plan_lines: {
    keep: 'records',
    texts: 'note',
    by: 'created_by',
    plain:
      'id year department_code item_code region_codes ratio_ppm window_from window_to joint_id campaign_id launches created_at since_version until_version origin_id',
  },
  annual_plan_joints: {
    keep: 'records',
    by: 'created_by',
    plain: 'id year lead_department created_at',
  },
  annual_plan_steps: {
    keep: 'records',
    plain: 'year key stage at',
  },
  campaigns: {
    keep: 'records',
    texts: 'stage_reason',
    by: 'created_by submitted_by approved_by',
    plain:
      'id code name lead_department region_codes mode stage strata deadline_policy yearly_cap public_contributor visit_from visit_to created_at closed_at policy_version rotation industries demands_approval',
  },
  plan_drafts: {
    keep: 'unfinished',
    texts: 'content',
    by: 'user_id',
    plain: 'id step revision saved_at',
  },
  campaign_departments: {
    keep: 'records',
    plain: 'campaign_id department_code team_size',
  },
  campaign_items: {
    keep: 'records',
    plain: 'campaign_id item_code item_version_id check_form_id',
  },
  campaign_steps: {
    keep: 'records',
    personal: {
      outcome: mark('content', 'anybody'),
    },
    plain: 'campaign_id key at',
  },
  simulations: {
    keep: 'records',
    by: 'started_by',
    plain:
      'id campaign_id value plan_hash runs runs_done visits_per_day status result failure started_at finished_at',
  },
  effort_plans: {
    keep: 'records',
    texts: 'note',
    by: 'updated_by',
    plain: 'campaign_id department_code person_days cost updated_at',
  },
  efforts: {
    keep: 'records',
    texts: 'purpose withdrawn_reason',
    by: 'entered_by withdrawn_by',
    plain: 'id campaign_id department_code spent_on person_days cost entered_at withdrawn_at',
  },
  ceremonies: {
    keep: 'records',
    texts: 'void_reason',
    plain:
      'id campaign_id number status manifest commitment frozen_at capped seed bundle_sha256 withheld ended_at untrained',
  },
  contributions: {
    keep: 'records',
    by: 'sealed_by revealed_by',
    plain: 'ceremony_id contributor seal sealed_at value source revealed_at',
  },
  public_value_entries: {
    keep: 'records',
    by: 'entered_by',
    plain: 'ceremony_id contributor round place value number drawn_on source department_code role entered_at',
  },
  witnesses: {
    keep: 'records',
    personal: {
      name: mark('name', 'anybody', 'consent'),
    },
    texts: 'organisation note',
    by: 'recorded_by',
    plain: 'id ceremony_id capacity name_public recorded_at',
  },
  archives: {
    keep: 'public',
    plain: 'ceremony_id kind size sha256',
  },
  archive_chunks: {
    keep: 'public',
    personal: {
      bytes: mark('file', 'inspector', 'disclosure'),
    },
    plain: 'ceremony_id kind number',
  },
  frozen_groups: {
    keep: 'public',
    plain: 'ceremony_id number stratum items',
  },
  frozen_pieces: {
    keep: 'public',
    plain: 'ceremony_id number records',
  },
  frozen_inspectors: {
    keep: 'public',
    personal: {
      inspector: mark('person', 'inspector', 'disclosure'),
      inspector_id: mark('person', 'inspector'),
    },
    plain: 'ceremony_id department regions qualifications capacity',
  },
  frozen_exclusions: {
    keep: 'public',
    personal: {
      inspector: mark('person', 'inspector', 'disclosure'),
      reason: mark('text', 'inspector', 'disclosure'),
    },
    plain: 'ceremony_id credit_code',
  },
  drawn: {
    keep: 'public',
    plain: 'ceremony_id item stratum rank credit_code ticket region_code items',
  },
  draw_records: {
    keep: 'public',
    personal: {
      line: mark('content', 'inspector', 'disclosure'),
    },
    plain: 'ceremony_id seq amendment_id digest',
  },
  amendments: {
    keep: 'records',
    personal: {
      params: mark('content', 'inspector'),
      outcome: mark('content', 'inspector'),
    },
    texts: 'reason note',
    by: 'requested_by decided_by',
    plain: 'id campaign_id kind status requested_at decided_at',
  },
  tight_sets: {
    keep: 'records',
    personal: {
      inspectors: mark('person', 'inspector'),
      at_capacity: mark('person', 'inspector'),
    },
    plain: 'id campaign_id department_code visits team_sizes regions qualifications slots places',
  },
  unfilled_slots: {
    keep: 'records',
    plain: 'visit_id department_code missing rule tight_set_id',
  },
  assignments: {
    keep: 'records',
    personal: {
      inspector_id: mark('person', 'inspector'),
    },
    plain: 'visit_id department_code',
  },
} satisfies Tables;
