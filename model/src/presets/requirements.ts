import {
  ComplianceAspect as Aspect,
  ComplianceDemand as Demand,
  ComplianceRequirement,
} from '../compliance-requirement';

/** The short names of the controls that presets evaluate, as AWS Backup Audit Manager calls them (Source 10.1). */
export const CONTROLS = {
  plan: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  frequency: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
  encrypted: 'BACKUP_RECOVERY_POINT_ENCRYPTED',
  retention: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
  lastPoint: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
  manualDeletion: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
  restoreTime: 'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
  crossRegion: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
  crossAccount: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT',
  vaultLock: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
} as const;

/** Every control that a preset can evaluate. */
export const ALL_CONTROLS: string[] = Object.values(CONTROLS);

/** Days of three and of six years, whichever of them are leap years. */
export const THREE_YEARS_DAYS = 1096;
export const SIX_YEARS_DAYS = 2192;

/** The longest of a month, a quarter, half a year and a year, in days. */
export const MONTH_DAYS = 31;
export const QUARTER_DAYS = 92;
export const HALF_YEAR_DAYS = 184;
export const YEAR_DAYS = 366;

/** Regions of the United States, those of GovCloud included. */
export const US_REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'us-gov-east-1', 'us-gov-west-1'];

/** Regions of the European Economic Area. Zurich and London are outside of it, under a decision of adequacy. */
export const EEA_REGIONS = ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2'];

/** Where a requirement comes from. */
interface Clause {
  readonly clause: string;
  readonly demand: Demand;
  readonly lookedUp: boolean;
  readonly because: string;
}

/** A requirement with a number. */
export function number(
  aspect: Aspect,
  value: number,
  clause: Clause,
  more: Partial<ComplianceRequirement> = {},
): ComplianceRequirement {
  return { aspect, value, ...clause, ...more };
}

/** A requirement that something is there. */
export function must(aspect: Aspect, clause: Clause, more: Partial<ComplianceRequirement> = {}): ComplianceRequirement {
  return { aspect, ...clause, ...more };
}

/** A requirement that names Regions or controls. */
export function list(
  aspect: Aspect,
  names: readonly string[],
  clause: Clause,
  more: Partial<ComplianceRequirement> = {},
): ComplianceRequirement {
  return { aspect, names: [...names], ...clause, ...more };
}

/** The clause demands it; looked up in a public text. */
export function demanded(clause: string, because: string): Clause {
  return { clause, demand: Demand.REQUIRED, lookedUp: true, because };
}

/** The clause demands it; from memory. */
export function demandedFromMemory(clause: string, because: string): Clause {
  return { clause, demand: Demand.REQUIRED, lookedUp: false, because };
}

/** The programme assigns the number; looked up. */
export function assigned(clause: string, because: string): Clause {
  return { clause, demand: Demand.PARAMETER, lookedUp: true, because };
}

/** The programme assigns the number; from memory. */
export function assignedFromMemory(clause: string, because: string): Clause {
  return { clause, demand: Demand.PARAMETER, lookedUp: false, because };
}

/** A reading of the clause, which names no value. */
export function read(clause: string, because: string, lookedUp = true): Clause {
  return { clause, demand: Demand.INTERPRETATION, lookedUp, because };
}

/** Our choice in the service of the clause. */
export function chosen(clause: string, because: string, lookedUp = false): Clause {
  return { clause, demand: Demand.OWN, lookedUp, because };
}

/** Recommended only. */
export const RECOMMENDED = { recommended: true } as const;
