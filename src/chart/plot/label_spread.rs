//! Moves labels apart that would overlap.

/// A label: where its middle should be, and its height, in tenths of a pixel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) middle: i32,
    pub(crate) height: i32,
}

/// Moves labels as little as possible so that none overlaps another and, if all fit, none leaves
/// `top..bottom`. Returns the middles in the order given.
pub(crate) fn spread(blocks: &[Block], top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&at| blocks.get(at).map(|block| block.middle));
    let sorted: Vec<Block> = order.iter().filter_map(|&at| blocks.get(at).copied()).collect();
    let mut tops = tops_of_clusters(&sorted);
    let mut limit = bottom;
    for (y, block) in tops.iter_mut().zip(&sorted).rev() {
        *y = (*y).min(limit - block.height);
        limit = *y;
    }
    let mut limit = top;
    for (y, block) in tops.iter_mut().zip(&sorted) {
        *y = (*y).max(limit);
        limit = *y + block.height;
    }
    let mut placed: Vec<(usize, i32)> =
        order.into_iter().zip(tops.iter().zip(&sorted).map(|(y, block)| y + block.height / 2)).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, middle)| middle).collect()
}

/// Merges labels that touch into clusters, each at the average of its members' wishes; returns the tops.
fn tops_of_clusters(sorted: &[Block]) -> Vec<i32> {
    struct Cluster {
        members: i32,
        height: i32,
        wishes: i32,
    }
    impl Cluster {
        fn top(&self) -> i32 {
            self.wishes.div_euclid(self.members.max(1))
        }
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    for block in sorted {
        let mut cluster =
            Cluster { members: 1, height: block.height, wishes: block.middle - block.height / 2 };
        while let Some(above) = clusters.pop_if(|above| above.top() + above.height > cluster.top()) {
            cluster = Cluster {
                members: above.members + cluster.members,
                wishes: above.wishes + cluster.wishes - cluster.members * above.height,
                height: above.height + cluster.height,
            };
        }
        clusters.push(cluster);
    }
    let mut tops = Vec::with_capacity(sorted.len());
    let mut rest = sorted.iter();
    for cluster in &clusters {
        let mut y = cluster.top();
        for block in rest.by_ref().take(usize::try_from(cluster.members).unwrap_or(0)) {
            tops.push(y);
            y += block.height;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spread_equal(middles: &[i32]) -> Vec<i32> {
        let blocks: Vec<Block> = middles.iter().map(|&middle| Block { middle, height: 300 }).collect();
        spread(&blocks, 0, 2_000)
    }

    #[test]
    fn labels_stay_where_they_fit() {
        assert_eq!(spread_equal(&[1_500, 300]), [1_500, 300]);
        assert!(spread_equal(&[]).is_empty());
    }

    #[test]
    fn touching_labels_move_apart_evenly() {
        assert_eq!(spread_equal(&[1_000, 1_000]), [850, 1_150]);
        assert_eq!(spread_equal(&[1_000, 1_010, 990]), [1_000, 1_300, 700]);
    }

    #[test]
    fn no_label_leaves_the_frame() {
        assert_eq!(spread_equal(&[0, 10]), [150, 450]);
        assert_eq!(spread_equal(&[2_000, 1_990]), [1_850, 1_550]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap(middles in prop::collection::vec(0_i32..2_400, 0..7)) {
            let blocks: Vec<Block> = middles.iter().map(|&middle| Block { middle, height: 320 }).collect();
            let mut placed = spread(&blocks, 0, 2_400);
            placed.sort_unstable();
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 320));
            prop_assert!(placed.iter().all(|middle| (160..=2_240).contains(middle)));
        }
    }
}
