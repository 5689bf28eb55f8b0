export * from './example-backups';
export * from './policy';
