// The real Terraform and AWS provider against a served World: what the constructs put into the services around AWS Backup.
import { ServedTerraform, testTerraform } from '../../support/served-terraform';
import { exercised } from '../../support/programs';
import { takeOver } from './terraform/import';
import { done, files, note } from './terraform/life-cycle';

testTerraform()(
  'Terraform makes, changes and destroys what monitoring and audits need, and has nothing to do in between',
  async () => {
    const served = await ServedTerraform.open();
    try {
      const declared = files('provider.tf', 'services.tf');
      const folder = served.folder('services', declared);
      done(await served.run(folder, 'init'));
      const applied = note('apply of services', done(await served.run(folder, 'apply', '-auto-approve')));
      expect(applied.output).toContain('Apply complete! Resources: 15 added, 0 changed, 0 destroyed.');
      done(await served.run(folder, 'plan', '-detailed-exitcode'));
      const changed = done(await served.run(folder, 'apply', '-auto-approve', '-var', 'step=2'));
      expect(changed.output).toContain('Apply complete! Resources: 0 added, 10 changed, 0 destroyed.');
      done(await served.run(folder, 'plan', '-detailed-exitcode', '-var', 'step=2'));
      const taken = await takeOver(served, folder, declared, ['-var', 'step=2']);
      // AWS Config shows no template of a pack.
      expect(taken.differences).toEqual({ 'aws_config_conformance_pack.pack': ['update', 'template_body'] });
      done(await served.run(taken.folder, 'plan', '-detailed-exitcode', '-var', 'step=2'));
      const destroyed = done(await served.run(taken.folder, 'destroy', '-auto-approve', '-var', 'step=2'));
      expect(destroyed.output).toContain('Destroy complete! Resources: 15 destroyed.');
      exercised('terraform', 'apply, update and destroy of services around AWS Backup');
    } finally {
      await served.close();
    }
  },
  400_000,
);
