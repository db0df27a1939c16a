// What the healer's closed vocabularies mean to a person. The words are those of docs/glossary.md; a test holds the lists complete.

export const STATES = {
  OPEN: { word: 'open', tone: 'warn', icon: 'bell', says: 'seen; nothing is being done at this moment' },
  ACTING: { word: 'acting', tone: 'info', icon: 'act', says: 'an action is being carried out' },
  VERIFYING: { word: 'verifying', tone: 'info', icon: 'eye', says: 'looking whether the action helped' },
  SETTLING: { word: 'settling', tone: 'info', icon: 'undo', says: 'well again; a temporary measure still stands' },
  RESOLVED: { word: 'resolved', tone: 'good', icon: 'check', says: 'over' },
  ESCALATED: { word: 'escalated', tone: 'bad', icon: 'person', says: 'handed to a person' },
};

export const HEALTH = {
  healthy: { word: 'healthy', tone: 'good', icon: 'check' },
  unready: { word: 'unready', tone: 'bad', icon: 'alert' },
  unresponsive: { word: 'no answer', tone: 'bad', icon: 'cross' },
  unknown: { word: 'unknown', tone: 'warn', icon: 'question' },
  starting: { word: 'starting', tone: 'info', icon: 'clock' },
  stopping: { word: 'stopping', tone: 'plain', icon: 'down' },
};

export const EVENTS = {
  SIGNAL: { step: 'Signal', icon: 'bell', tone: 'plain' },
  ACT: { step: 'Decision: act', icon: 'act', tone: 'info' },
  ACTED: { step: 'Action: the fleet took it', icon: 'check', tone: 'info' },
  FAILED: { step: 'Action: failed', icon: 'cross', tone: 'bad' },
  WAIT: { step: 'Decision: wait', icon: 'clock', tone: 'plain' },
  SUPPRESS: { step: 'Decision: refuse', icon: 'shield', tone: 'warn' },
  APPROVE: { step: 'Approval', icon: 'person', tone: 'info' },
  VERIFY: { step: 'Verification', icon: 'eye', tone: 'info' },
  REVERT: { step: 'Undoing a measure', icon: 'undo', tone: 'info' },
  RESOLVE: { step: 'Resolved', icon: 'check', tone: 'good' },
  ESCALATE: { step: 'Escalated', icon: 'person', tone: 'bad' },
};

export const REASONS = {
  ALERT_FIRING: 'an alert fires',
  ALERT_RESOLVED: 'an alert ended',
  FLEET_EVENT: 'something changed in the fleet',
  SICK_TASK: 'one task is sick',
  SERVICE_SICK: 'the service is sick',
  SATURATED: 'the service is at its limits',
  BAD_RELEASE: 'a release is behind it',
  RETRY_STORM: 'repeated requests are behind it',
  REPLACEMENT_READY: 'the replacement is ready',
  MEASURE_DUE: 'a temporary measure ends',
  STABILISING: 'well, and watched for a while',
  REPLACEMENT_IN_PROGRESS: 'a replacement is on its way',
  ACTION_IN_FLIGHT: 'an action is under way',
  NOT_YET_HEALED: 'not well yet',
  PAUSED: 'a person paused the healer',
  MAINTENANCE_WINDOW: 'a maintenance window is open',
  SILENCED: 'the alerts are silenced',
  SHADOW: 'the policy only watches',
  NO_POLICY: 'no policy governs it',
  FACTS_UNKNOWN: 'something could not be read',
  EVIDENCE_MISSING: 'evidence that the policy requires is missing',
  RELEASE_SUSPECTED: 'a release is suspected',
  MEASURE_STANDS: 'a temporary measure stands already',
  DEPLOYMENT_IN_PROGRESS: 'a deployment is in progress',
  COOLDOWN: 'cooling down after the last action',
  BUDGET_SPENT: 'the budget is spent',
  STORM: 'a storm stands',
  FLAPPING: 'the service is flapping',
  HEALTHY_FLOOR: 'too few healthy tasks would be left',
  NO_SICK_TASK: 'no task is found sick',
  MANY_SICK_TASKS: 'many tasks are sick',
  CALLEE_SICK: 'a callee is sick',
  LEFT_OVER: 'the alert is left over from before',
  NOT_CONFIRMED: 'the probe does not confirm it',
  WARMING_UP: 'the task is warming up',
  APPROVAL_REQUIRED: 'a person has to say yes',
  NOT_APPROVED: 'nobody said yes in time',
  APPROVED: 'a person said yes',
  APPROVAL_REFUSED: 'an approval was refused',
  ACTION_ACCEPTED: 'the fleet accepted the action',
  ACTION_REFUSED: 'the fleet refused the action',
  ACTION_FAILED: 'the action failed',
  LEASE_EXPIRED: 'the lease ended without an outcome',
  VERIFIED: 'verified well',
  RECOVERED: 'recovered by itself',
  NOT_HEALED_IN_TIME: 'not well in time',
  LADDER_EXHAUSTED: 'nothing is left to try',
  THREE_STRIKES: 'too many actions did not help',
  POLICY_ESCALATES: 'the policy calls a person',
};

export function reason(code) {
  return REASONS[code] ?? String(code).toLowerCase().replaceAll('_', ' ');
}

export function state(code) {
  return STATES[code] ?? { word: String(code).toLowerCase(), tone: 'plain', icon: 'question', says: '' };
}

const EVIDENCE = /^(it serves |\d+ % of its calls |\S+ was released at |the last task to stop was |trace [0-9a-f]{16,} of |it logged: )/;

// A decision to act says why, and then what it went by; the lines that a task logged come last and may hold anything.
export function evidenceIn(detail) {
  const logged = detail.indexOf('; it logged: ');
  const [head, tail] = logged < 0 ? [detail, []] : [detail.slice(0, logged), [detail.slice(logged + 2)]];
  const parts = head.split('; ');
  const first = parts.findIndex((part, i) => i > 0 && EVIDENCE.test(part));
  const grounds = first < 0 ? tail : [...parts.slice(first), ...tail];
  return { why: (first < 0 ? parts : parts.slice(0, first)).join('; '), grounds };
}

export function traceIn(detail) {
  return /\btrace ([0-9a-f]{16,32})\b/.exec(detail)?.[1];
}
