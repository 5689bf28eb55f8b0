// The real Terraform and AWS provider against a served World: what the constructs put into the services around AWS Backup.
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { done, files, note } from './terraform/life-cycle';

testTerraform()(
  'Terraform makes, changes and destroys what monitoring and audits need, and has nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const folder = served.folder('services', files('provider.tf', 'services.tf'));
      done(await served.run(folder, 'init'));
      const applied = note('apply of services', done(await served.run(folder, 'apply', '-auto-approve')));
      expect(applied.output).toContain('Apply complete! Resources: 15 added, 0 changed, 0 destroyed.');
      done(await served.run(folder, 'plan', '-detailed-exitcode'));
      const changed = done(await served.run(folder, 'apply', '-auto-approve', '-var', 'step=2'));
      expect(changed.output).toContain('Apply complete! Resources: 0 added, 10 changed, 0 destroyed.');
      done(await served.run(folder, 'plan', '-detailed-exitcode', '-var', 'step=2'));
      const destroyed = done(await served.run(folder, 'destroy', '-auto-approve', '-var', 'step=2'));
      expect(destroyed.output).toContain('Destroy complete! Resources: 15 destroyed.');
      exercised('terraform', 'apply, update and destroy of services around AWS Backup');
    } finally {
      await served.close();
    }
  },
  300_000,
);
