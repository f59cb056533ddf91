type Emit = (result: { data?: unknown; error?: unknown }) => void;

/** Wire adapter: a record's fields as the current user may see them. */
export class getRecord {
  private readonly emit: Emit;
  constructor(emit: Emit) {
    this.emit = emit;
    emit({ data: undefined, error: undefined });
  }
  connect(): void {}
  disconnect(): void {}
  update({ recordId, fields }: { recordId?: string; fields?: readonly string[] }): void {
    if (recordId === undefined || fields === undefined) return;
    void this.read(recordId);
  }
  private async read(recordId: string): Promise<void> {
    const response = await fetch(`/ui-api/records/${recordId}`);
    const body: unknown = await response.json();
    this.emit(response.ok ? { data: body, error: undefined } : { data: undefined, error: { body } });
  }
}

interface UiRecord {
  fields?: Record<string, { value: unknown }>;
}
export const getFieldValue = (record: UiRecord | undefined, field: string): unknown =>
  record?.fields?.[field.split('.').slice(1).join('.')]?.value;

/** Whoever shows the record reads it again. */
export function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<void> {
  for (const { recordId } of records)
    globalThis.dispatchEvent(new CustomEvent('host-record-changed', { detail: recordId }));
  return Promise.resolve();
}
