// The real Terraform and AWS provider against a served World: what stands around a backup estate, in one life cycle, as each
// command of Terraform takes seconds for the provider alone. Lifecycle rules of buckets are left out: the provider asks ten
// times, five seconds apart, whether they have settled.
import type { ServedWorld } from '../../../engine/src/host/served-world';
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { zipOf } from '../../support/zip';
import { takeOver } from './terraform/import';
import { done, files, note } from './terraform/life-cycle';

const codeOf = (step: number) =>
  zipOf({ 'index.js': `exports.handler = async (event) => [${step}, event.step, process.env.STEP];` });

/**
 * What AWS keeps nothing of, or does not show, so that no import finds it: arguments for the provider alone, the template of
 * a conformance pack, the body of an object. Nor is an invocation imported.
 */
const NOT_KEPT = {
  'aws_config_conformance_pack.pack': ['update', 'template_body'],
  'aws_ecr_repository.images': ['update', 'force_delete'],
  'aws_kms_key.vault': ['update', 'bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  'aws_kms_replica_key.west': ['update', 'bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  'aws_lambda_function.listener': ['update', 'filename', 'publish', 'source_code_hash'],
  'aws_lambda_invocation.once': ['create'],
  'aws_s3_bucket.reports': ['update', 'force_destroy'],
  'aws_s3_object.note': ['update', 'content', 'force_destroy'],
  'aws_sns_topic_subscription.function': ['update', 'confirmation_timeout_in_minutes', 'endpoint_auto_confirms'],
  'aws_sns_topic_subscription.mail': ['update', 'confirmation_timeout_in_minutes', 'endpoint_auto_confirms'],
};

function buckets({ state }: ServedWorld) {
  return state.resources.map(({ name, tags }) => [name.slice(0, 16), tags]);
}

function expectNothingLeft(world: ServedWorld): void {
  const { messaging, events } = world.state.services;
  expect(buckets(world)).toEqual([]);
  expect(messaging.topics.list()).toEqual([]);
  expect(messaging.functions.list()).toEqual([]);
  expect(messaging.stateMachines.list()).toEqual([]);
  expect(events.buses.at(world.env).map(({ name }) => name)).toEqual(['default']);
  expect(world.state.ledger.roles.rolesOf(world.env)).toEqual([]);
  expect(world.state.ledger.organizations.list()).toEqual([]);
}

testTerraform()(
  'Terraform makes, changes, takes over and destroys what stands around backups, and has nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const code = { 'code-1.zip': codeOf(1), 'code-2.zip': codeOf(2) };
      const declared = { ...files('provider.tf', 'companions.tf', 'services.tf', 'storage.tf'), ...code };
      const folder = served.folder('around', declared);
      const changed = ['-var', 'step=2'];
      done(await served.run(folder, 'init'));
      const applied = note('around: apply', done(await served.run(folder, 'apply', '-auto-approve')));
      expect(applied.output).toContain('Apply complete! Resources: 70 added, 0 changed, 0 destroyed.');
      const made = await served.outputs(folder);
      expect([made.said, made.read]).toEqual([[1, 1, '1'], { note: 'step 1', region: 'eu-central-1' }]);
      note('around: plan', done(await served.run(folder, 'plan', '-detailed-exitcode')));

      const updated = note('around: update', done(await served.run(folder, 'apply', '-auto-approve', ...changed)));
      expect(updated.output.match(/aws_\S+ must be replaced/g)).toEqual([
        'aws_lambda_invocation.once must be replaced',
        'aws_lambda_permission.topic must be replaced',
      ]);
      expect(/Apply complete! Resources: (.*)/.exec(updated.output)?.[1]).toBe('2 added, 50 changed, 2 destroyed.');
      const now = await served.outputs(folder);
      expect([now.said, now.read]).toEqual([[2, 2, '2'], { note: 'step 2', region: 'eu-central-1' }]);
      expect(buckets(served.world)).toContainEqual(['holdfast-reports', { step: '2', owner: 'storage & <co>' }]);
      done(await served.run(folder, 'plan', '-detailed-exitcode', ...changed));

      const taken = await takeOver(served, folder, declared, changed, ['aws_lambda_invocation']);
      note('around: import', taken.plan);
      expect(taken.differences).toEqual(NOT_KEPT);
      done(await served.run(taken.folder, 'plan', '-detailed-exitcode', ...changed));
      note('around: destroy', done(await served.run(taken.folder, 'destroy', '-auto-approve', ...changed)));
      expectNothingLeft(served.world);
      exercised('terraform', 'apply, update, import and destroy of IAM, KMS, Organizations and what hears of events');
      exercised('terraform', 'apply, update, import and destroy of services around AWS Backup');
      exercised('terraform', 'life cycle of buckets, objects and repositories');
    } finally {
      await served.close();
    }
  },
  600_000,
);
