/**
 * Budgets as the API shows them.
 *
 * Pure.
 * Source   API of AWS Budgets 2016-10-20: Budget, TimePeriod, CostTypes.
 */
import type * as sdk from '@aws-sdk/client-budgets';
import type { Budget } from '../domain/budgets';
import { dateOf, Instant } from '../kernel/instant';

const FOREVER = new Date('2087-06-15T00:00:00Z');

const COST_TYPES: sdk.CostTypes = {
  IncludeTax: true,
  IncludeSubscription: true,
  UseBlended: false,
  IncludeRefund: true,
  IncludeCredit: true,
  IncludeUpfront: true,
  IncludeRecurring: true,
  IncludeOtherSubscription: true,
  IncludeSupport: true,
  IncludeDiscount: true,
  UseAmortized: false,
};

/** What a budget has that the call left out. */
export function withDefaults(declared: sdk.Budget, now: Instant): sdk.Budget {
  const { TimePeriod: period } = declared;
  return {
    ...declared,
    ...(declared.BudgetType === 'COST' && { CostTypes: { ...COST_TYPES, ...declared.CostTypes } }),
    CostFilters: declared.CostFilters ?? {},
    TimePeriod: { Start: period?.Start ?? startOf(declared.TimeUnit, now), End: period?.End ?? FOREVER },
  };
}

export function budgetShape({ declared, updatedAt }: Budget): sdk.Budget {
  return { ...declared, LastUpdatedTime: dateOf(updatedAt) };
}

function startOf(unit: string | undefined, now: Instant): Date {
  const at = dateOf(now);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  switch (unit) {
    case 'DAILY':
      return new Date(Date.UTC(year, month, at.getUTCDate()));
    case 'QUARTERLY':
      return new Date(Date.UTC(year, month - (month % 3)));
    case 'ANNUALLY':
      return new Date(Date.UTC(year, 0));
    default:
      return new Date(Date.UTC(year, month));
  }
}
