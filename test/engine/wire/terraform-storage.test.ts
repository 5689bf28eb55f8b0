// The real Terraform and AWS provider against a served World: buckets, what they are set to, and objects. Lifecycle rules
// are left out: the provider asks ten times, five seconds apart, whether they have settled.
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { takeOver } from './terraform/import';
import { done, files, note } from './terraform/life-cycle';

/** What no import finds: arguments for the provider alone, and the body of an object, which it does not read. */
const NOT_KEPT = {
  'aws_ecr_repository.images': ['update', 'force_delete'],
  'aws_s3_bucket.reports': ['update', 'force_destroy'],
  'aws_s3_object.note': ['update', 'content', 'force_destroy'],
};

testTerraform()(
  'Terraform makes, changes and destroys buckets, their settings and objects, and has nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const declared = files('provider.tf', 'storage.tf');
      const folder = served.folder('storage', declared);
      done(await served.run(folder, 'init'));
      for (const [step, told] of [
        ['1', 'Resources: 18 added, 0 changed, 0 destroyed.'],
        ['2', 'Resources: 0 added, 16 changed, 0 destroyed.'],
      ] as const) {
        const given = ['-var', `step=${step}`];
        const applied = note(`storage ${step}`, await served.run(folder, 'apply', '-auto-approve', ...given));
        expect([applied.status, applied.output]).toEqual([0, expect.stringContaining(told)]);
        const planned = await served.run(folder, 'plan', '-detailed-exitcode', ...given);
        expect([planned.status, planned.output]).toEqual([0, expect.stringContaining('No changes')]);
        const { read } = await served.outputs(folder);
        expect(read).toEqual({ note: `step ${step}`, region: 'eu-central-1' });
      }
      const buckets = () => served.world.state.resources.map(({ name, tags }) => [name.slice(0, 16), tags]);
      expect(buckets()).toContainEqual(['holdfast-reports', { step: '2', owner: 'storage & <co>' }]);
      const taken = await takeOver(served, folder, declared, ['-var', 'step=2']);
      expect(taken.differences).toEqual(NOT_KEPT);
      done(await served.run(taken.folder, 'plan', '-detailed-exitcode', '-var', 'step=2'));
      const destroyed = await served.run(taken.folder, 'destroy', '-auto-approve', '-var', 'step=2');
      expect([destroyed.status, destroyed.output]).toEqual([0, expect.stringContaining('18 destroyed')]);
      expect(buckets()).toEqual([]);
      exercised('terraform', 'life cycle of buckets, objects and repositories');
    } finally {
      await served.close();
    }
  },
  400_000,
);
