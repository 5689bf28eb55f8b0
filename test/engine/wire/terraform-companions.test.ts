// The real Terraform and AWS provider against a served World: what stands around a backup estate.
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { zipOf } from '../../support/zip';
import { takeOver } from './terraform/import';
import { done, files, note } from './terraform/life-cycle';

const codeOf = (step: number) =>
  zipOf({ 'index.js': `exports.handler = async (event) => [${step}, event.step, process.env.STEP];` });

/** What AWS keeps nothing of, so that no import finds it: arguments for the provider alone. Nor is an invocation imported. */
const NOT_KEPT = {
  'aws_kms_key.vault': ['update', 'bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  'aws_kms_replica_key.west': ['update', 'bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  'aws_lambda_function.listener': ['update', 'filename', 'publish', 'source_code_hash'],
  'aws_lambda_invocation.once': ['create'],
  'aws_sns_topic_subscription.function': ['update', 'confirmation_timeout_in_minutes', 'endpoint_auto_confirms'],
  'aws_sns_topic_subscription.mail': ['update', 'confirmation_timeout_in_minutes', 'endpoint_auto_confirms'],
};

testTerraform()(
  'Terraform makes, changes and destroys identities, keys, an organization and listeners, with nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const code = { 'code-1.zip': codeOf(1), 'code-2.zip': codeOf(2) };
      const declared = { ...files('provider.tf', 'companions.tf'), ...code };
      const folder = served.folder('companions', declared);
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
      const taken = await takeOver(served, folder, declared, changed, ['aws_lambda_invocation']);
      note('companions: import', taken.plan);
      expect(taken.differences).toEqual(NOT_KEPT);
      done(await served.run(taken.folder, 'plan', '-detailed-exitcode', ...changed));
      note('companions: destroy', done(await served.run(taken.folder, 'destroy', '-auto-approve', ...changed)));
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
  600_000,
);
