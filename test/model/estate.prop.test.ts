import { EstateRules, Finding, Severity } from '@holdfast/model';
import * as fc from 'fast-check';
import { ANY, estates, INSIDE } from './declarations';
import { PLAIN } from './rows';

function errors(findings: Finding[]): Finding[] {
  return findings.filter(({ severity, rule }) => severity === Severity.ERROR || rule === 'estate-check-failed');
}

test('numbers inside all bounds give no error', () => {
  fc.assert(
    fc.property(estates(INSIDE), (estate) => {
      expect(errors(EstateRules.check(estate, PLAIN))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('any numbers give findings about these numbers alone', () => {
  const numbers = /(Days|Minutes|sizeGiB|scheduleExpression|targetBackupVaultName)$/;
  fc.assert(
    fc.property(estates(ANY), (estate) => {
      const others = errors(EstateRules.check(estate, PLAIN)).filter(({ path }) => !numbers.test(path));
      expect(others).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('numbers that are tokens give no error, whatever they will be', () => {
  const probe = { known: (value: unknown) => typeof value !== 'number' };
  fc.assert(
    fc.property(estates(ANY), (estate) => {
      expect(errors(EstateRules.check(estate, probe))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('texts that are tokens are not read', () => {
  const probe = { known: (value: unknown) => typeof value !== 'string' };
  fc.assert(
    fc.property(estates(INSIDE), (estate) => {
      expect(errors(EstateRules.check(estate, probe))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('lists that are tokens are not read', () => {
  const probe = { known: (value: unknown) => !Array.isArray(value) };
  fc.assert(
    fc.property(estates(ANY), (estate) => {
      expect(errors(EstateRules.check(estate, probe))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('no choice of tokens makes a rule throw', () => {
  fc.assert(
    fc.property(estates(ANY), fc.func(fc.boolean()), (estate, choose) => {
      const probe = { known: (value: unknown) => typeof value === 'object' || choose(value) };
      const failed = EstateRules.check(estate, probe).filter(({ rule }) => rule === 'estate-check-failed');
      expect(failed).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('where nothing is known, nothing is found', () => {
  fc.assert(
    fc.property(estates(ANY), (estate) => {
      expect(EstateRules.check(estate, { known: () => false })).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a selection or a resource that is added brings nothing but what the rules of selections find', () => {
  fc.assert(
    fc.property(estates(ANY), (estate) => {
      const plans = (estate.plans ?? []).map((plan) => ({ ...plan, selections: undefined }));
      const said = [
        ...EstateRules.check({ ...estate, plans, resources: undefined }, PLAIN),
        ...EstateRules.checkSelections(estate, PLAIN),
      ];
      expect(said).toEqual(expect.arrayContaining(EstateRules.check(estate, PLAIN)));
    }),
    { numRuns: 60 },
  );
});
