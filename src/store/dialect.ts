/** The few words in which the databases' table definitions differ. */
export interface Dialect {
  /** Type of a key that is never reused. SQLite gives the id of a deleted newest row out again unless AUTOINCREMENT. */
  id: string;
  int: string;
  /** Ends a `create table`. */
  strict: string;
}

export const sqliteDialect: Dialect = {
  id: 'integer not null primary key autoincrement',
  int: 'integer',
  strict: ' strict',
};
