//! The charts' colours are seen on their ground, and can be told apart by readers of all kinds of colour
//! vision: distance as CIEDE2000 defines it, vision as Machado, Oliveira and Fernandes (2009) simulate it.

use std::f64::consts::PI;

use crate::colours::{Light, contrast, light, themes};

/// How deficient vision turns linear light into other light, in whole.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn seen(light: Light, matrix: &[[f64; 3]; 3]) -> Light {
    let row = |row: &[f64; 3]| row.iter().zip(light).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0);
    [row(&matrix[0]), row(&matrix[1]), row(&matrix[2])]
}

/// CIE L*a*b* under D65.
fn lab([red, green, blue]: Light) -> [f64; 3] {
    let root = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let x = root((0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47);
    let y = root(0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue);
    let z = root((0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000, step by step as Sharma, Wu and Dalal (2005) write it.
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let skew = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + skew), a2 * (1.0 + skew));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue =
        |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (light, chroma) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let mean = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| (degrees * PI / 180.0).cos();
    let t = 1.0 - 0.17 * cos(mean - 30.0) + 0.24 * cos(2.0 * mean) + 0.32 * cos(3.0 * mean + 6.0)
        - 0.20 * cos(4.0 * mean - 63.0);
    let rotation =
        -(60.0 * (-((mean - 275.0) / 25.0).powi(2)).exp()).to_radians().sin() * 2.0 * seventh(chroma);
    let sl = 1.0 + 0.015 * (light - 50.0).powi(2) / (20.0 + (light - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * chroma, 1.0 + 0.015 * chroma * t);
    let (dl, dc, dh) = (dl / sl, dc / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rotation * dc * dh).sqrt()
}

#[test]
fn distances_are_those_of_the_published_test_data() {
    for (a, b, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        assert!((ciede2000(a, b) - expected).abs() < 0.000_1, "{a:?} {b:?}: {}", ciede2000(a, b));
    }
}

#[test]
fn every_colour_is_seen_on_its_ground() {
    for (theme, colours) in themes() {
        for (names, least) in
            [(&["ink", "ink2"][..], 4.5), (&["s0", "s1", "s2", "s3", "s4", "s5", "s6"][..], 3.0)]
        {
            for name in names {
                let contrast = contrast(colours[name], colours["ground"]);
                assert!(contrast >= least, "{theme} {name}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn figures_are_read_on_every_shade() {
    for (theme, colours) in themes() {
        for shade in ["q1", "q2", "q3", "q4", "q5"] {
            let text = if matches!(shade, "q4" | "q5") { "ground" } else { "ink" };
            let contrast = contrast(colours[text], colours[shade]);
            assert!(contrast >= 4.5, "{theme} {text} on {shade}: {contrast:.2}");
        }
    }
}

#[test]
fn shades_are_steps_of_light() {
    for (theme, colours) in themes() {
        let shades: Vec<Light> = (1..=5).map(|n| light(colours[&*format!("q{n}")])).collect();
        for pair in shades.windows(2) {
            let falls = lab(pair[0])[0] > lab(pair[1])[0];
            assert_eq!(falls, theme == "light", "{theme}: shades go away from the ground");
            for (vision, matrix) in &VISIONS {
                let distance = ciede2000(lab(seen(pair[0], matrix)), lab(seen(pair[1], matrix)));
                assert!(distance >= 9.0, "{theme}, {vision}: {distance:.1}");
            }
        }
    }
}

#[test]
fn series_are_told_apart_by_every_eye() {
    for (theme, colours) in themes() {
        for (vision, matrix) in &VISIONS {
            for one in 1..=6 {
                for other in 1..one {
                    let colour = |n: usize| lab(seen(light(colours[&*format!("s{n}")]), matrix));
                    let distance = ciede2000(colour(one), colour(other));
                    assert!(
                        distance >= 18.0,
                        "{theme}, {vision}: s{other} and s{one} are {distance:.1} apart"
                    );
                }
            }
        }
    }
}
