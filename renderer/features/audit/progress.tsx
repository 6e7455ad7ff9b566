interface ProgressProps {
  readonly label: string;
  /** Absent: nobody knows how much there is. */
  readonly done?: number | undefined;
  readonly all?: number | undefined;
  readonly text: string;
}

/** A bar and its figures. */
export const Progress = ({ label, done, all, text }: ProgressProps) => (
  <div className="audit-progress" role="status">
    <progress
      aria-label={label}
      {...(done !== undefined && all !== undefined && all > 0 && { value: Math.min(done, all), max: all })}
    />
    <span>{text}</span>
  </div>
);
