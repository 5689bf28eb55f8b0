// Which volume is in which instance.
import { Ec2 } from '../../../engine/src/domain/ec2';

const attachment = (volumeArn: string, instanceArn: string, device: string) => ({
  volumeArn,
  instanceArn,
  device,
  attachedAt: 0,
  deleteOnTermination: false,
});

test('a volume is in one instance at most, which lists its volumes by device', () => {
  const ec2 = new Ec2();
  for (const device of ['/dev/sdb', '/dev/sda', '/dev/sdc']) {
    ec2.attach(attachment(`v${device}`, 'i-1', device));
  }
  ec2.attach(attachment('other', 'i-2', '/dev/sda'));
  const volumes = (instance: string) => ec2.attachedTo(instance).map(({ volumeArn }) => volumeArn);
  expect(volumes('i-1')).toEqual(['v/dev/sda', 'v/dev/sdb', 'v/dev/sdc']);
  expect([volumes('i-2'), volumes('i-3')]).toEqual([['other'], []]);
  expect(ec2.attachmentOf('other')).toMatchObject({ instanceArn: 'i-2', device: '/dev/sda' });
  ec2.attach(attachment('other', 'i-3', '/dev/sdz'));
  expect([volumes('i-2'), volumes('i-3')]).toEqual([[], ['other']]);
  ec2.detach('other');
  expect([ec2.attachmentOf('other'), volumes('i-3'), volumes('i-1').length]).toEqual([undefined, [], 3]);
});
