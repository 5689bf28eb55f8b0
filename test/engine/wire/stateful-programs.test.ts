// The real AWS CLI and boto3 make what holds data in a served World.
import { exercised, testWith } from '../../support/programs';
import { servedPrograms } from '../../support/served-programs';

const output = servedPrograms();

testWith('aws', 'aws')(
  "the AWS CLI speaks EC2's own query protocol, and is told of what is not there in EC2's words",
  async () => {
    exercised('aws', 'ec2 over a socket');
    const tags = 'ResourceType=volume,Tags=[{Key=Name,Value=one & only}]';
    const asked = ['--availability-zone', 'eu-central-1b', '--size', '10', '--tag-specifications', tags];
    const made = await output('aws', 'ec2', 'create-volume', ...asked);
    expect(made).toMatchObject({ Size: 10, VolumeType: 'gp2', Tags: [{ Key: 'Name', Value: 'one & only' }] });
    const none = output('aws', 'ec2', 'describe-volumes', '--volume-ids', 'vol-00000000000000000');
    await expect(none).rejects.toMatchObject({ stderr: expect.stringContaining('InvalidVolume.NotFound') });
  },
  120_000,
);

const SCRIPT = `
import boto3, json
codes = []
def refused(call, **members):
    try:
        call(**members)
    except Exception as error:
        codes.append(error.response['Error']['Code'])
ec2, rds, efs = boto3.client('ec2'), boto3.client('rds'), boto3.client('efs')
dynamodb, tagging = boto3.client('dynamodb'), boto3.client('resourcegroupstaggingapi')
tags = [{'Key': 'team', 'Value': 'a'}]
made = ec2.run_instances(ImageId='ami-0123456789abcdef0', InstanceType='t3.micro', MinCount=1, MaxCount=1)
instance = made['Instances'][0]['InstanceId']
ec2.create_tags(Resources=[instance], Tags=tags)
ec2.get_waiter('instance_running').wait(InstanceIds=[instance])
dynamodb.create_table(TableName='Orders', BillingMode='PAY_PER_REQUEST', Tags=tags,
    KeySchema=[{'AttributeName': 'id', 'KeyType': 'HASH'}], AttributeDefinitions=[{'AttributeName': 'id', 'AttributeType': 'S'}])
dynamodb.get_waiter('table_exists').wait(TableName='Orders')
rds.create_db_instance(DBInstanceIdentifier='orders', DBInstanceClass='db.t3.micro', Engine='mysql', AllocatedStorage=20,
    MasterUsername='root', MasterUserPassword='secret-1234', Tags=tags)
rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='orders')
efs.create_file_system(CreationToken='one', Tags=tags)
refused(ec2.describe_instances, InstanceIds=['i-00000000000000000'])
refused(dynamodb.describe_table, TableName='None')
refused(rds.describe_db_instances, DBInstanceIdentifier='none')
refused(efs.describe_file_systems, FileSystemId='fs-00000000000000000')
pages = tagging.get_paginator('get_resources').paginate(TagFilters=[{'Key': 'team', 'Values': ['a']}], ResourcesPerPage=2)
found = [one['ResourceARN'].split(':')[2] for page in pages for one in page['ResourceTagMappingList']]
print(json.dumps([codes, found]))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 makes an instance, a table, a database and a file system, waits for them, and finds them by their tag',
  async () => {
    exercised('boto3', 'ec2, dynamodb, rds, efs and tagging over a socket');
    expect(await output('python3', '-c', SCRIPT)).toEqual([
      ['InvalidInstanceID.NotFound', 'ResourceNotFoundException', 'DBInstanceNotFound', 'FileSystemNotFound'],
      ['dynamodb', 'ec2', 'elasticfilesystem', 'rds'],
    ]);
  },
  120_000,
);
