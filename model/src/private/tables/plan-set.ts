import { Severity } from '../../finding';
import { advice, fact, Table } from './describe';

const ALIKE = `Assumed; ${fact('B3.2/5')}`;

export const PLAN_SET = {
  name: advice('plan-set-name', Severity.ERROR, '1 to 50 letters, digits, dots, - and _', fact('1.2')),
  tiers: advice('plan-set-tiers', Severity.ERROR, 'at least 1 tier', fact('B2.6/6')),
  tierName: advice('plan-set-tier-name', Severity.ERROR, '1 to 50 letters, digits, dots, - and _', fact('1.2')),
  tierNames: advice(
    'plan-set-tier-names',
    Severity.ERROR,
    'unique in the set, together with the values of their tag',
    fact('B3.4/1'),
  ),
  tier: advice('plan-set-tier', Severity.ERROR, 'a tier of the set, and an override of that tier', fact('B2.6/6')),
  services: advice('plan-set-services', Severity.ERROR, 'at least 1 service', fact('feature table')),
  service: advice(
    'plan-set-service',
    Severity.ERROR,
    'the id of a service that AWS Backup supports',
    fact('feature table'),
  ),
  serviceTwice: advice(
    'plan-set-service-twice',
    Severity.ERROR,
    'in one override of its tier alone, or its resources are backed up by both',
    fact('B3.4/1'),
  ),
  alike: advice(
    'plan-set-services-alike',
    Severity.WARNING,
    'given together with the services whose ARNs have the same shape, as a selection cannot tell them apart',
    ALIKE,
  ),
} satisfies Table;
