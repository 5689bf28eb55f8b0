// A CDK app of somebody who has installed the packages: one table, one vault, one plan.
const { Plan, SelectionResource, Vault } = require('@holdfast/cdk');
const { Schedule } = require('@holdfast/model');
const { AttributeType, TableV2 } = require('aws-cdk-lib/aws-dynamodb');
const { App, Duration, Stack } = require('aws-cdk-lib/core');

const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
const orders = new TableV2(stack, 'Orders', {
  tableName: 'orders',
  partitionKey: { name: 'id', type: AttributeType.STRING },
});
const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'shop' });
const plan = new Plan(stack, 'Plan', {
  backupPlanName: 'shop',
  rules: [
    { ruleName: 'daily', vault: backupVault, schedule: Schedule.daily({ hour: 5 }), deleteAfter: Duration.days(35) },
  ],
});
plan.addSelection('Orders', { selectionName: 'orders', resources: [SelectionResource.fromConstruct(orders)] });
app.synth();
