type Emit = (result: { data?: unknown; error?: unknown }) => void;

/** Wire adapter: a record's fields as the current user may see them. */
export class getRecord {
  readonly #emit: Emit;
  constructor(emit: Emit) {
    this.#emit = emit;
    emit({ data: undefined, error: undefined });
  }
  connect(): void {}
  disconnect(): void {}
  update({ recordId, fields }: { recordId?: string; fields?: readonly string[] }): void {
    if (recordId === undefined || fields === undefined) return;
    void this.#read(recordId);
  }
  async #read(recordId: string): Promise<void> {
    const response = await fetch(`/ui-api/records/${recordId}`);
    const body: unknown = await response.json();
    this.#emit(response.ok ? { data: body, error: undefined } : { data: undefined, error: { body } });
  }
}

interface UiRecord {
  fields?: Record<string, { value: unknown }>;
}
export const getFieldValue = (record: UiRecord | undefined, field: string): unknown =>
  record?.fields?.[field.split('.').slice(1).join('.')]?.value;

export const notifyRecordUpdateAvailable = (): Promise<void> => Promise.resolve();
