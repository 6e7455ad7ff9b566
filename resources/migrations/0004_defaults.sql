-- Thresholds version 1 and the vehicle types (docs/domain.md, default thresholds): placeholders until the operator of
-- the fleet provides real ones. Heights in hundredths of a millimetre.
insert into threshold_set (version, effective_at, created_by, reason, rules)
  select 1, '-infinity', 'system', 'Default thresholds', jsonb_build_object(
    'minConfidence', 0.6, 'sureConfidence', 0.8, 'conflictCmm', 1500, 'incomplete', 3, 'unseenPasses', 3,
    'blindShare', 0.5,
    'types', jsonb_object_agg(code, jsonb_build_object(
      'criticalLowCmm', critical_low * 100, 'warningLowCmm', warning_low * 100,
      'warningHighCmm', warning_high * 100, 'criticalHighCmm', critical_high * 100,
      'asymmetryWarningCmm', asymmetry_warning * 100, 'asymmetryCriticalCmm', asymmetry_critical * 100,
      'window', 10, 'minHistory', 5, 'dropCmm', 600, 'axles', 4)))
  from (values
    ('carrier-truck', 180, 195, 265, 280, 12, 20),
    ('carrier-car', 185, 200, 260, 275, 12, 20),
    ('loader', 175, 190, 270, 285, 14, 22),
    ('club-car', 190, 205, 255, 270, 10, 16)
  ) as limits (code, critical_low, warning_low, warning_high, critical_high, asymmetry_warning, asymmetry_critical);

insert into vehicle_type (code, name, axles, layout)
  select code, name, 4, (select array_agg(position_code(place) order by place) from generate_series(1, 16) as place)
  from (values
    ('carrier-truck', 'Truck carrier'),
    ('carrier-car', 'Car carrier'),
    ('loader', 'Loader'),
    ('club-car', 'Club car')
  ) as types (code, name);
