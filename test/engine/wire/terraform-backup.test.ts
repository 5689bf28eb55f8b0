// The real Terraform and AWS provider against a served World: every resource and data source of AWS Backup.
import { ACCOUNT, REGION, ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { done, files, note } from './terraform/life-cycle';

const TAGS = { backup: 'yes', app: 'pay' };

testTerraform()(
  'Terraform makes, changes, takes over and destroys all that AWS Backup has, and has nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const made = served.folder('made', files('provider.tf', 'backup.tf'));
      note('backup: init', done(await served.run(made, 'init')));
      const applied = note('backup: apply', done(await served.run(made, 'apply', '-auto-approve')));
      expect(applied.output).toContain('Apply complete! Resources: 21 added, 0 changed, 0 destroyed.');
      note('backup: plan', done(await served.run(made, 'plan', '-detailed-exitcode')));

      await served.control('resources', [
        { type: 'EFS', name: 'fs-1', account: ACCOUNT, region: REGION, sizeGiB: 1, tags: TAGS },
      ]);
      await served.advance('P3D');
      const changed = note('backup: update', done(await served.run(made, 'apply', '-auto-approve', '-var', 'step=2')));
      expect(changed.output).toContain('Apply complete! Resources: 4 added, 11 changed, 4 destroyed.');
      const calm = done(await served.run(made, 'plan', '-detailed-exitcode', '-var', 'step=2'));
      expect(calm.calls.filter((call) => !call.startsWith('sts:'))).not.toContainEqual(expect.stringMatching(/ \d+$/));
      const { ids, read } = await served.outputs(made);
      expect(read).toEqual({
        vault: { owner: 'storage + co: a@b' },
        plan: ['small', { step: '2' }],
        selection: [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`],
        framework: ['COMPLETED', { step: '2' }],
        report: ['COMPLETED', { step: '2' }],
      });

      const taken = served.folder('taken', files('provider.tf', 'backup.tf', 'backup-imports.tf'));
      const known = ['-var', 'step=2', '-var', `ids=${JSON.stringify(ids)}`];
      done(await served.run(taken, 'init'));
      const imported = note('backup: import', done(await served.run(taken, 'apply', '-auto-approve', ...known)));
      // How many days a lock can be lifted nobody can ask AWS, so that it is put again.
      expect(imported.output.match(/aws_\S+ must be replaced/g)).toEqual([
        'aws_backup_vault_lock_configuration.compliance must be replaced',
      ]);
      expect(imported.output).toMatch(/Resources: 21 imported, 1 added, \d+ changed, 1 destroyed/);
      done(await served.run(taken, 'plan', '-detailed-exitcode', ...known));

      // The days since have left points, with copies: force_destroy deletes them first.
      const points = () => served.world.state.ledger.points.live;
      expect(points()).toBeGreaterThan(2);
      const destroyed = note('backup: destroy', done(await served.run(taken, 'destroy', '-auto-approve', ...known)));
      expect(destroyed.output).toContain('Destroy complete! Resources: 21 destroyed.');
      expect(points()).toBe(0);
      exercised('terraform', 'apply, update, import and destroy of every resource of AWS Backup');
    } finally {
      await served.close();
    }
  },
  600_000,
);
