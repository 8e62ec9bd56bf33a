import {
  type DialectAdapter,
  type QueryCompiler,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
} from "kysely";

/** Kysely's SQLite, with what the stores are written for. */
export class StoreSqliteDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new WithTransactionalMigrations();
  }
  override createQueryCompiler(): QueryCompiler {
    return new WithoutRowLocks();
  }
}

/** SQLite undoes changes of tables like any other: a migration that was killed leaves nothing half done. */
class WithTransactionalMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** One writes at a time, from the beginning of a transaction: there are no rows to lock, and no words for it. */
class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== "ForUpdate") super.visitSelectModifier(node);
  }
}
