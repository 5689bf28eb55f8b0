// The real Terraform and AWS provider against a served World: what stands around a backup estate.
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { zipOf } from '../../support/zip';
import { done, files, note } from './terraform/life-cycle';

const codeOf = (step: number) =>
  zipOf({ 'index.js': `exports.handler = async (event) => [${step}, event.step, process.env.STEP];` });

testTerraform()(
  'Terraform makes, changes and destroys identities, keys, an organization and listeners, with nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const code = { 'code-1.zip': codeOf(1), 'code-2.zip': codeOf(2) };
      const folder = served.folder('companions', { ...files('provider.tf', 'companions.tf'), ...code });
      const changed = ['-var', 'step=2'];
      done(await served.run(folder, 'init'));
      const applied = note('companions: apply', done(await served.run(folder, 'apply', '-auto-approve')));
      expect(applied.output).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/);
      expect((await served.outputs(folder)).said).toEqual([1, 1, '1']);
      note('companions: plan', done(await served.run(folder, 'plan', '-detailed-exitcode')));
      const updated = note('companions: update', done(await served.run(folder, 'apply', '-auto-approve', ...changed)));
      expect(updated.output.match(/aws_\S+ must be replaced/g)).toEqual([
        'aws_lambda_invocation.once must be replaced',
        'aws_lambda_permission.topic must be replaced',
      ]);
      expect((await served.outputs(folder)).said).toEqual([2, 2, '2']);
      done(await served.run(folder, 'plan', '-detailed-exitcode', ...changed));
      note('companions: destroy', done(await served.run(folder, 'destroy', '-auto-approve', ...changed)));
      const { messaging, events } = served.world.state.services;
      expect(messaging.topics.list()).toEqual([]);
      expect(messaging.functions.list()).toEqual([]);
      expect(messaging.stateMachines.list()).toEqual([]);
      expect(events.buses.at(served.world.env).map(({ name }) => name)).toEqual(['default']);
      expect(served.world.state.ledger.roles.rolesOf(served.world.env)).toEqual([]);
      expect(served.world.state.ledger.organizations.list()).toEqual([]);
      exercised('terraform', 'apply, update and destroy of IAM, KMS, Organizations and what hears of events');
    } finally {
      await served.close();
    }
  },
  300_000,
);
